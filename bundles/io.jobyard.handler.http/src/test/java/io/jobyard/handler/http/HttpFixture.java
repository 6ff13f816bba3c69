// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.jobyard.api.DependencyPolicy;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobState;
import io.jobyard.api.JobStatus;
import io.jobyard.api.JobTerms;
import io.jobyard.doubles.FakeJobContext;
import io.jobyard.settings.api.SettingsReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** A handler, and real servers on loopback addresses that answer what a test says. */
final class HttpFixture {

    static final JobId ID = new JobId(new UUID(0, 1));
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    final Map<String, String> configuration = new HashMap<>();
    /** By name, what each look-up in turn finds; the last one stays. */
    final Map<String, List<String>> names = new HashMap<>();

    /** What runs have of secrets, by their names. */
    final Map<String, String> secrets = new HashMap<>();

    final List<String> lookups = new CopyOnWriteArrayList<>();
    /** What the servers were asked, such as {@code GET /a}. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    final CallClient client;
    final HttpRequest handler;

    private final List<HttpServer> servers = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    HttpFixture() {
        this(new SslContextFactory.Client());
    }

    HttpFixture(SslContextFactory.Client tls) {
        client = new CallClient(tls);
        handler = new HttpRequest(this::settings, Clock.fixed(NOW, ZoneOffset.UTC), this::resolve, client);
    }

    HttpRequestSettings settings() {
        SettingsReader reader = new SettingsReader(configuration);
        HttpRequestSettings settings = HttpRequestSettings.read(reader);
        reader.finish();
        return settings;
    }

    private List<InetAddress> resolve(String name) throws UnknownHostException {
        long before = lookups.stream().filter(name::equals).count();
        lookups.add(name);
        List<String> answers = names.getOrDefault(name, List.of());
        if (answers.isEmpty()) {
            throw new UnknownHostException(name);
        }
        List<InetAddress> addresses = new ArrayList<>();
        for (String address :
                answers.get((int) Math.min(before, answers.size() - 1)).split(" ")) {
            addresses.add(InetAddress.getByName(address));
        }
        return addresses;
    }

    /** Begins a server on 127.0.0.1, allows it and gives it the name {@code api.test}. Returns its port. */
    int serve(HttpHandler answer) throws IOException {
        int port = serve("127.0.0.1", 0, answer);
        names.put("api.test", List.of("127.0.0.1"));
        configuration.put("allow", "http://api.test:" + port);
        configuration.put("private", "127.0.0.0/8");
        return port;
    }

    int serve(String address, int port, HttpHandler answer) throws IOException {
        return begin(HttpServer.create(new InetSocketAddress(address, port), 0), answer);
    }

    int begin(HttpServer server, HttpHandler answer) {
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            try (exchange) {
                answer.handle(exchange);
            }
        });
        server.start();
        servers.add(server);
        return server.getAddress().getPort();
    }

    Map<String, Object> run(Map<String, Object> payload) throws Exception {
        return await(begin(payload));
    }

    CompletionStage<Map<String, Object>> handle(FakeJobContext context) {
        return handler.handle(context.payload(CallPayload.class), context);
    }

    /** Begins a call, and returns the handler's stage. */
    CompletableFuture<Map<String, Object>> begin(Map<String, Object> payload) {
        return handle(context(payload)).toCompletableFuture();
    }

    FakeJobContext context(Map<String, Object> payload) {
        FakeJobContext context = new FakeJobContext(payload);
        context.job = job();
        context.secrets.putAll(secrets);
        return context;
    }

    /** Waits for the handler's stage, and throws its exception. */
    static Map<String, Object> await(CompletionStage<Map<String, Object>> stage) throws Exception {
        try {
            return stage.toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    Map<String, Object> get(String url) throws Exception {
        return run(Map.of("url", url));
    }

    static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    static void redirect(HttpExchange exchange, int status, String location) throws IOException {
        exchange.getResponseHeaders().set("Location", location);
        exchange.sendResponseHeaders(status, -1);
    }

    static Job job() {
        JobTerms terms = new JobTerms(
                "http_request",
                new JobTerms.RoutingTerms(null, 5, null),
                new JobTerms.RunRules(Duration.ofSeconds(60), 3),
                new JobTerms.DependencyTerms(DependencyPolicy.FAIL, Map.of()),
                new JobTerms.JobTimes(null, null, null),
                new JobTerms.Identity(null, null, Map.of(), null, null, null),
                new JobTerms.JobDemand(List.of(), Map.of()));
        JobState state = new JobState(
                JobStatus.RUNNING, null, NOW, null, null, new JobState.RunState(1, 1, null, "here", null, null));
        return new Job(ID, "ann", NOW, terms, state);
    }

    void close() throws Exception {
        handler.stop();
        servers.forEach(server -> server.stop(0));
        threads.shutdownNow();
    }
}
