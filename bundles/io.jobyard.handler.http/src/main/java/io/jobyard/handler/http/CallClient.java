// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.http;

import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.RedirectProtocolHandler;
import org.eclipse.jetty.client.WWWAuthenticationProtocolHandler;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** Jetty's client, created for the first request, so that a host without requests has no threads for it. */
final class CallClient {

    private static final String THREADS = "jobyard-call";
    /** Maximum number of threads. Each name lookup occupies one; other work needs few. */
    private static final int MAX_THREADS = 64;

    private static final int IDLE_MILLIS = 10_000;
    private static final int MAX_HEADER_BYTES = 65_536;
    private static final long CONNECT_MILLIS = TimeUnit.SECONDS.toMillis(10);

    private final SslContextFactory.Client tls;
    private @Nullable HttpClient client;
    private boolean isStopped;

    CallClient(SslContextFactory.Client tls) {
        this.tls = tls;
    }

    synchronized HttpClient started() {
        if (isStopped) {
            throw new IllegalStateException("the http_request handler has stopped");
        } else if (client == null) {
            HttpClient next = client();
            LifeCycle.start(next);
            next.getProtocolHandlers().remove(RedirectProtocolHandler.NAME);
            next.getProtocolHandlers().remove(WWWAuthenticationProtocolHandler.NAME);
            client = next;
        }
        return client;
    }

    private HttpClient client() {
        ClientConnector connector = new ClientConnector();
        connector.setSelectors(1);
        connector.setSslContextFactory(tls);
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, 1, IDLE_MILLIS);
        threads.setName(THREADS);
        threads.setDaemon(true);
        HttpClient next = new HttpClient(new HttpClientTransportOverHTTP(connector));
        next.setExecutor(threads);
        next.setConnectTimeout(CONNECT_MILLIS);
        next.setHttpCookieStore(new HttpCookieStore.Empty());
        next.setMaxResponseHeadersSize(MAX_HEADER_BYTES);
        next.setUserAgentField(new HttpField(HttpHeader.USER_AGENT, "Jobyard"));
        return next;
    }

    synchronized void stop() {
        isStopped = true;
        if (client != null) {
            LifeCycle.stop(client);
            client = null;
        }
    }
}
