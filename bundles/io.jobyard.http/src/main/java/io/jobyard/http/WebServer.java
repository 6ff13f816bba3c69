// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.SizeLimitHandler;
import org.eclipse.jetty.server.handler.gzip.GzipHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Open port, with a guard in front of everything that answers there. */
final class WebServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
    private static final int COMPRESSED_BYTES = 1024;
    private static final long STOP_MILLIS = 2000;
    private static final int FEW_THREADS = 4;
    /** Threads in addition to those that answer requests: for the server itself, and for health checks. */
    private static final int MORE_THREADS = 8;

    private final Server server;
    private final ServerConnector connector;
    private final WebSettings settings;
    private final @Nullable TlsKeys keys;

    private WebServer(
            WebSettings settings,
            Path directory,
            Filter guard,
            Servlet dispatcher,
            ProblemErrors errors,
            BooleanSupplier isStarting)
            throws IOException {
        this.settings = settings;
        keys = settings.isSecure() ? new TlsKeys(directory, settings) : null;
        QueuedThreadPool threads = new QueuedThreadPool(settings.limits().threads() + MORE_THREADS, FEW_THREADS);
        threads.setName("jobyard-http");
        server = new Server(threads, new ScheduledExecutorScheduler("jobyard-http-timer", false), null);
        connector = connector();
        server.addConnector(connector);
        SizeLimitHandler bodies = new SizeLimitHandler(settings.limits().bodyBytes(), -1);
        bodies.setHandler(servlets(guard, dispatcher, errors));
        SlowRequests slow = new SlowRequests(
                new StartWait(
                        new ThreadLimit(
                                new UnreadBodies(new SecurityHeaders(compressed(bodies))),
                                settings.limits().threads()),
                        isStarting,
                        server.getScheduler()),
                server.getScheduler(),
                Duration.ofSeconds(settings.limits().idleSeconds()));
        ConnectionLimit limit = new ConnectionLimit(slow, settings.limits().connections(), slow::closeLongestWaiting);
        connector.addBean(limit, false);
        connector.addBean(slow, false);
        server.setHandler(limit);
        server.setErrorHandler(errors);
        server.setStopTimeout(STOP_MILLIS);
        if (settings.isLogged()) {
            server.setRequestLog(new AccessLog());
        }
    }

    /** Opens a server. Throws with one line that contains the problem and the fix. */
    static WebServer open(
            WebSettings settings, Path directory, Filter guard, Servlet dispatcher, BooleanSupplier isStarting)
            throws IOException {
        @Nullable WebServer opened = null;
        try {
            opened = new WebServer(settings, directory, guard, dispatcher, new ProblemErrors(isStarting), isStarting);
            opened.connector.open();
            opened.server.start();
            if (opened.keys != null) {
                opened.keys.watch(opened.server.getScheduler());
            }
            return opened;
        } catch (Exception e) { // Jetty declares Exception
            if (opened != null) {
                opened.close();
            }
            throw new IOException(whyNot(settings, e), e);
        }
    }

    private static String whyNot(WebSettings settings, Throwable fault) {
        for (Throwable each = fault; each != null; each = each.getCause()) {
            if (each instanceof BindException) {
                return "cannot open port " + settings.port() + " of "
                        + settings.host().getHostAddress()
                        + " (" + each.getMessage() + "); "
                        + PortHolder.of(settings.port())
                                .map(process -> process + " uses it: end that process")
                                .orElse("end the program that uses it")
                        + ", or set another port in etc/" + WebSettings.PID + ".cfg";
            }
        }
        return settings.isSecure()
                ? TlsKeys.unusable(settings.keystore(), fault)
                : "the server cannot start (" + fault + "); see the log";
    }

    private ServerConnector connector() {
        HttpConfiguration rules = new HttpConfiguration();
        rules.setRequestHeaderSize(settings.limits().headerBytes());
        rules.setSendServerVersion(false);
        rules.setSendXPoweredBy(false);
        rules.setRelativeRedirectAllowed(true);
        HttpConnectionFactory plain = new StrictConnections(rules);
        ConnectionFactory[] protocols = {plain};
        if (keys != null) {
            rules.addCustomizer(new SecureRequestCustomizer(false)); // the guard checks the host names
            protocols = new ConnectionFactory[] {new SslConnectionFactory(keys.factory(), plain.getProtocol()), plain};
        }
        if (!settings.proxies().isEmpty()) {
            rules.addCustomizer(new TrustedProxies(settings.proxies()));
        }
        ServerConnector made = new SelectingConnector(server, protocols);
        made.setHost(settings.host().getHostAddress());
        made.setPort(settings.port());
        made.setIdleTimeout(TimeUnit.SECONDS.toMillis(settings.limits().idleSeconds()));
        return made;
    }

    private static Handler.Wrapper compressed(Handler next) {
        GzipHandler compressed = new GzipHandler(next);
        compressed.setMinGzipSize(COMPRESSED_BYTES);
        compressed.setIncludedMethods(HttpMethod.GET.asString());
        compressed.addExcludedMimeTypes("text/event-stream");
        compressed.setInflateBufferSize(0); // do not decompress bodies: a small one could become large
        return compressed;
    }

    private static Handler servlets(Filter guard, Servlet dispatcher, ProblemErrors errors) {
        ServletContextHandler servlets = new ServletContextHandler("/", false, false);
        FilterHolder first = new FilterHolder(guard);
        first.setAsyncSupported(true);
        servlets.addFilter(first, "/*", EnumSet.of(DispatcherType.REQUEST));
        ServletHolder all = new ServletHolder(dispatcher);
        all.setAsyncSupported(true);
        all.setInitOrder(0);
        servlets.addServlet(all, "/*");
        servlets.setErrorHandler(errors);
        return servlets;
    }

    /** Returns the problem with its configuration; null if the configuration is valid. */
    @Nullable
    String problem() {
        return keys == null ? null : keys.problem();
    }

    /** Returns the number of connections that wait for a request. */
    int waiting() {
        return connector.getBean(SlowRequests.class).waiting();
    }

    /** Returns the address for local clients; if the server listens on all addresses, the loopback address. */
    URI address() {
        InetAddress where = settings.host();
        String literal = where.isAnyLocalAddress() ? WebSettings.LOOPBACK : where.getHostAddress();
        String host = where instanceof Inet6Address && !where.isAnyLocalAddress() ? "[" + literal + "]" : literal;
        return URI.create((settings.isSecure() ? "https" : "http") + "://" + host + ":" + connector.getLocalPort());
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (TimeoutException e) { // event streams do not end on their own
            stopped(e);
        } catch (Exception e) { // Jetty's stop declares Exception; the port is closed first
            LOG.warn("The HTTP server did not stop cleanly", e);
        }
        connector.close();
    }

    private static void stopped(TimeoutException cut) {
        if (cut.getSuppressed().length > 0) {
            LOG.warn("The HTTP server did not stop cleanly", cut);
        } else {
            LOG.debug("Streams and requests still open after {} ms were closed", STOP_MILLIS, cut);
        }
    }
}
