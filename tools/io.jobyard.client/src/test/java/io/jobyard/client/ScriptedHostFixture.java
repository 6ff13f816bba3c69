// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that answers each path as a test says, one answer after the other; the last one stays. */
final class ScriptedHostFixture implements AutoCloseable {

    /** A request as it came. */
    record Asked(String method, String path, String body, Map<String, List<String>> headers) {

        String header(String name) {
            return headers.getOrDefault(name, List.of("")).get(0);
        }
    }

    @FunctionalInterface
    interface Answer {
        void give(Asked asked, HttpExchange exchange) throws IOException;
    }

    final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Map<String, Queue<Answer>> answers = new ConcurrentHashMap<>();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    ScriptedHostFixture() throws IOException {
        this(0);
    }

    ScriptedHostFixture(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    JobyardClientBuilder builder() {
        return JobyardClient.builder(URI.create("http://127.0.0.1:" + port())).timeout(Duration.ofSeconds(20));
    }

    ScriptedHostFixture on(String path, Answer... some) {
        answers.put(path, new ConcurrentLinkedQueue<>(List.of(some)));
        return this;
    }

    List<Asked> asked(String path) {
        return asked.stream().filter(each -> each.path().startsWith(path)).toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        Asked one = new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                Map.copyOf(exchange.getRequestHeaders()));
        asked.add(one);
        Queue<Answer> here = answers.get(exchange.getRequestURI().getPath());
        if (here == null) {
            json(404, "{\"code\": \"not_found\", \"message\": \"nothing at " + one.path() + "\"}")
                    .give(one, exchange);
            return;
        }
        Answer next = here.size() > 1 ? here.remove() : here.element();
        next.give(one, exchange);
    }

    static Answer json(int status, String json, String... headers) {
        return (asked, exchange) -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        };
    }

    /** Closes the connection without an answer. */
    static Answer cut() {
        return (asked, exchange) -> exchange.close();
    }

    /** Takes the request, and says nothing. */
    static Answer silence() {
        return (asked, exchange) -> {};
    }

    /** Sends events, and then ends the stream. */
    static Answer events(String... events) {
        return (asked, exchange) -> {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream;charset=utf-8");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("retry: 2000\n\n".getBytes(StandardCharsets.UTF_8));
            for (String event : events) {
                exchange.getResponseBody().write(event.getBytes(StandardCharsets.UTF_8));
            }
            exchange.getResponseBody().flush();
            exchange.close();
        };
    }

    /** Sends events, and says nothing more. */
    static Answer eventsAndSilence(String... events) {
        return (asked, exchange) -> {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream;charset=utf-8");
            exchange.sendResponseHeaders(200, 0);
            for (String event : events) {
                exchange.getResponseBody().write(event.getBytes(StandardCharsets.UTF_8));
            }
            exchange.getResponseBody().flush();
        };
    }

    static String event(String id, String name, String data) {
        return (id.isEmpty() ? "" : "id: " + id + "\n") + "event: " + name + "\ndata: " + data + "\n\n";
    }

    /** A change of a job, as the feed tells it. */
    static String change(String cursor, String job, String to) {
        return event(
                cursor,
                to,
                "{\"id\": \"" + job + "\", \"status\": \"" + to + "\", \"at\": \"2030-01-01T00:00:00.000000Z\"}");
    }

    static Answer job(String id, String status) {
        return json(200, "{\"id\": \"" + id + "\", \"status\": \"" + status + "\", \"news\": [1]}");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
