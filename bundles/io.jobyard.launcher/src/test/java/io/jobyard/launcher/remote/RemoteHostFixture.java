// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher.remote;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that answers as a test says, and a command line that speaks with it. */
final class RemoteHostFixture implements AutoCloseable {

    private record Said(int status, String mediaType, String body) {}

    /** What came, such as {@code POST /api/v1/jobs {}}. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    final ByteArrayOutputStream err = new ByteArrayOutputStream();
    String input = "";
    private final Map<String, Said> answers = new ConcurrentHashMap<>();
    private final HttpServer server;

    RemoteHostFixture() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    RemoteHostFixture on(String call, int status, String json) {
        answers.put(call, new Said(status, "application/json", json));
        return this;
    }

    RemoteHostFixture onEvents(String call, String events) {
        answers.put(call, new Said(200, "text/event-stream", events));
        return this;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String call = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add((call + " " + body).strip());
        Said said = answers.getOrDefault(
                call,
                new Said(
                        404, "application/json", "{\"code\": \"not_found\", \"detail\": \"nothing at " + call + "\"}"));
        exchange.getResponseHeaders().set("Content-Type", said.mediaType());
        byte[] bytes = said.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(said.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** Runs a line against this server. */
    int run(String... words) {
        List<String> line = new ArrayList<>(List.of("--url", url()));
        line.addAll(List.of(words));
        return run(line, Map.of());
    }

    int run(List<String> line, Map<String, String> environment) {
        out.reset();
        err.reset();
        return RemoteLine.run(
                line,
                environment,
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String complained() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
