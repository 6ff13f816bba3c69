// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static io.jobyard.itests.HostProcess.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Two webhooks that hear of the ends of the jobs of {@link StormClients}: each end at least once, and by one id each. */
final class StormHooks implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> NAMES = List.of("one", "two");

    /** By webhook, job and instant: under which ids its end was told. */
    private final Map<String, Set<String>> told = new ConcurrentHashMap<>();

    private final Set<String> before = ConcurrentHashMap.newKeySet();
    private final AtomicInteger calls = new AtomicInteger();
    private final HttpServer server;

    StormHooks() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
        calls.incrementAndGet();
        told.computeIfAbsent(
                        exchange.getRequestURI().getPath() + " "
                                + body.at("/data/id").asText() + " "
                                + body.at("/data/at").asText(),
                        any -> ConcurrentHashMap.newKeySet())
                .add(exchange.getRequestHeaders().getFirst("webhook-id"));
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    void prepare(HostProcess host) throws IOException {
        String origin = "http://127.0.0.1:" + server.getAddress().getPort();
        Path directory = Files.createDirectories(host.instance().resolve("secrets"));
        Path secret = Files.writeString(directory.resolve("hook"), "correct horse battery staple");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        host.configure(
                "io.jobyard.secrets-hook",
                "secrets = hook",
                "types = http_request",
                "uses = sign",
                "origins = " + origin);
        host.configure("io.jobyard.handler.http", "allow = " + origin, "private = 127.0.0.1/32");
        for (String name : NAMES) {
            host.configure(
                    "io.jobyard.webhooks-" + name,
                    "url = " + origin + "/" + name,
                    "secret = hook",
                    "submitters = " + StormClients.USER);
        }
    }

    boolean haveBegun() {
        return NAMES.stream().allMatch(name -> told.keySet().stream().anyMatch(key -> key.startsWith("/" + name)));
    }

    /** These may have ended before the webhooks began, and be told to nobody. */
    void begin(List<String> jobs) {
        before.addAll(jobs);
    }

    /** All others have ended, or will. */
    void awaitAll(List<String> jobs) {
        List<String> due = jobs.stream().filter(job -> !before.contains(job)).toList();
        for (String name : NAMES) {
            await().atMost(TIMEOUT)
                    .untilAsserted(() -> assertThat(due)
                            .as("told by " + name)
                            .allMatch(job ->
                                    told.keySet().stream().anyMatch(key -> key.startsWith("/" + name + " " + job))));
        }
        told.forEach((key, ids) -> assertThat(ids).as(key).hasSize(1));
    }

    String summary() {
        return calls + " deliveries of " + told.size() + " ends, each by one id";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
