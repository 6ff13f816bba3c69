// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.QuotaException;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.identity.Credential;
import io.jobyard.spi.identity.StreamPermit;
import io.jobyard.views.api.JsonReader;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;

/** A real server with the servlets of this bundle; a test says who asks. */
final class RestServer implements AutoCloseable {

    /** An answer of the server. */
    record Answered(int status, Map<String, Object> json, HttpResponse<String> http) {

        String header(String name) {
            return http.headers().firstValue(name).orElse("");
        }
    }

    private final Server server = new Server();
    private final HttpClient client = HttpClient.newHttpClient();
    final int port;
    volatile @Nullable Caller caller = Caller.administrator("root");
    volatile boolean isGood = true;
    /** What a credential does before it answers whether it is still good. */
    volatile Runnable beforeGood = () -> {};
    /** How many streams its callers may have, and have. */
    volatile int mostStreams = 1000;

    final RunningCommands running = new RunningCommands();
    final CommandServlet commands;
    final AtomicInteger openStreams = new AtomicInteger();

    RestServer(RestHost host) {
        commands = new CommandServlet(host, running);
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/");
        context.addFilter(
                new FilterHolder(new HttpFilter() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                            throws IOException, ServletException {
                        // which connections go on is not for these servlets to say, but for the server of the host
                        ((HttpServletResponse) response).setHeader("Connection", "close");
                        request.setAttribute(Caller.class.getName(), caller);
                        request.setAttribute(Credential.class.getName(), (Credential) () -> {
                            beforeGood.run();
                            return isGood;
                        });
                        request.setAttribute(StreamPermit.class.getName(), (StreamPermit) RestServer.this::takeStream);
                        chain.doFilter(request, response);
                    }
                }),
                "/*",
                EnumSet.of(DispatcherType.REQUEST));
        add(context, new RestServlet(host), RestServlet.ROOT + "/*");
        add(context, commands, CommandServlet.PATH);
        add(context, new EventsServlet(host), "/events");
        add(context, new EventsServlet(host), "/live");
        add(context, new OpenApiServlet(host), "/openapi.json");
        server.setHandler(context);
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        port = connector.getLocalPort();
    }

    private Runnable takeStream() {
        if (openStreams.get() >= mostStreams) {
            throw new QuotaException("too many event streams");
        }
        openStreams.incrementAndGet();
        AtomicBoolean isOpen = new AtomicBoolean(true);
        return () -> {
            if (isOpen.getAndSet(false)) {
                openStreams.decrementAndGet();
            }
        };
    }

    private static void add(ServletContextHandler context, HttpServlet servlet, String path) {
        ServletHolder holder = new ServletHolder(servlet);
        holder.setAsyncSupported(true);
        context.addServlet(holder, path);
    }

    /** For all filters in between. */
    RestServer as(Caller who) {
        caller = who;
        return this;
    }

    Answered get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    Answered post(String path, String json, String... headers) {
        return send("POST", path, json, headers);
    }

    Answered send(String method, String path, String json, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (json != null) {
            request.setHeader("Content-Type", "application/json");
        }
        request.method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
        return send(request.build());
    }

    Answered send(HttpRequest request) {
        try {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            String body = answer.body();
            String path = request.uri().getPath();
            if (body.startsWith("{") && path.startsWith(RestServlet.ROOT + "/")) {
                AnswerSchemas.check(
                        request.method(), path.substring(RestServlet.ROOT.length()), answer.statusCode(), body);
            }
            return new Answered(
                    answer.statusCode(), body.startsWith("{") ? JsonReader.object("answer", body) : Map.of(), answer);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Opens a stream of events. */
    HttpResponse<InputStream> open(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    URI uri(String path) {
        String whole = path.startsWith("/events") || path.startsWith("/live") || path.startsWith("/openapi")
                ? path
                : RestServlet.ROOT + path;
        return URI.create("http://127.0.0.1:" + port + whole);
    }

    @Override
    public void close() {
        try {
            running.stop();
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
