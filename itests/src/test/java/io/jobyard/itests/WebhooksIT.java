// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static io.jobyard.itests.HostProcess.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** A whole host tells a real server of its jobs, each signed, also while the server answers with an error. Storms of kills have webhooks too. */
public class WebhooksIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRET = "correct horse battery staple";
    private static final int JOBS = 80;

    @Rule
    public final HostProcess host = new HostProcess();

    /** The jobs told of, by the ids of the deliveries. */
    private final Map<String, String> told = new ConcurrentHashMap<>();

    private final List<String> wrong = new CopyOnWriteArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final CountDownLatch answers = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private HttpServer server;
    private HttpServer other;

    @Before
    public void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hooks", this::take);
        server.start();
        other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/slow", this::takeSlowly);
        other.setExecutor(Executors.newCachedThreadPool());
        other.start();
        String origin = "http://127.0.0.1:" + server.getAddress().getPort();
        String slow = "http://127.0.0.1:" + other.getAddress().getPort();
        Path directory = Files.createDirectories(host.instance().resolve("secrets"));
        Path secret = Files.writeString(directory.resolve("hook"), SECRET);
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        host.configure(
                "io.jobyard.secrets-hook",
                "secrets = hook",
                "types = http_request",
                "uses = sign",
                "origins = " + origin + "," + slow);
        host.configure("io.jobyard.handler.http", "allow = " + origin + "," + slow, "private = 127.0.0.1/32");
        host.configure("io.jobyard.scheduler", "retry.base.seconds = 1");
        host.configure(
                "io.jobyard.webhooks-shop",
                "url = " + origin + "/hooks",
                "secret = hook",
                "events = completed",
                "types = echo");
    }

    @After
    public void stop() {
        end.countDown();
        server.stop(0);
        other.stop(0);
    }

    /** The status comes when the test says so, and the body never ends. */
    private void takeSlowly(HttpExchange exchange) throws java.io.IOException {
        most.accumulateAndGet(asked.incrementAndGet(), Math::max);
        try {
            answers.await();
            asked.decrementAndGet();
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(' ');
            exchange.getResponseBody().flush();
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Every fifth call fails. */
    private void take(HttpExchange exchange) throws java.io.IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String id = exchange.getRequestHeaders().getFirst("webhook-id");
        String time = exchange.getRequestHeaders().getFirst("webhook-timestamp");
        String signature = exchange.getRequestHeaders().getFirst("webhook-signature");
        boolean fails = calls.incrementAndGet() % 5 == 0;
        if (!signed(id, time, body).equals(signature)) {
            wrong.add(id + " " + signature);
        } else if (!fails) {
            told.put(id, JSON.readTree(body).at("/data/id").asText());
        }
        exchange.sendResponseHeaders(fails ? 503 : 204, -1);
        exchange.close();
    }

    private static String signed(String id, String time, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((id + "." + time + ".").getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    public void eachJobIsToldOfOnceAndNoReceiverHoldsTheHost() throws Exception {
        Set<String> all = new HashSet<>();
        host.configure("io.jobyard.worker", "worker.threads = 16");
        host.run();
        await().atMost(TIMEOUT)
                .until(
                        () -> { // it is told what happens once it has begun
                            host.json("job:submit echo '{}'");
                            return !told.isEmpty();
                        });
        JsonNode ids = host.json("job:submit echo '{}' --times " + JOBS).get("ids");
        ids.forEach(id -> all.add(id.asText()));
        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(told.values()).containsAll(all));
        assertThat(told.values().stream().filter(all::contains))
                .as("each by one delivery")
                .hasSize(JOBS)
                .doesNotHaveDuplicates();
        assertThat(wrong).isEmpty();
        assertThat(calls).as("some were tried again").hasValueGreaterThan(JOBS);

        String id = ids.get(0).asText();
        JsonNode delivery =
                host.json("job:list --label webhook=shop --label job=" + id).at("/jobs/0");
        assertThat(delivery.get("type").asText()).isEqualTo("http_request");
        int toldBefore = calls.get();
        host.json("job:clone " + delivery.get("id").asText());
        await().atMost(TIMEOUT).until(() -> calls.get() > toldBefore);
        assertThat(told.values().stream().filter(all::contains))
                .as("told again by the same id")
                .hasSize(JOBS);
        assertThat(host.log()).doesNotContain("battery");
        assertThat(host.json("job:doctor").get("findings")).isEmpty();
        aSlowReceiverHoldsFourWorkersAndOneThatIsGoneDisablesItsWebhook();
    }

    private void aSlowReceiverHoldsFourWorkersAndOneThatIsGoneDisablesItsWebhook() throws Exception {
        String slow = "http://127.0.0.1:" + other.getAddress().getPort() + "/slow";
        host.configure(
                "io.jobyard.webhooks-slow",
                "url = " + slow,
                "secret = hook",
                "events = completed",
                "types = echo",
                "timeout.seconds = 300");
        server.removeContext("/hooks");
        server.createContext("/hooks", exchange -> {
            exchange.sendResponseHeaders(410, -1);
            exchange.close();
        });
        await().atMost(TIMEOUT)
                .until(
                        () -> { // it is told what happens once it has begun
                            host.json("job:submit echo '{}' --times 4 --await");
                            return asked.get() == 4;
                        });

        JsonNode ids = host.json("job:submit echo '{}' --times 16 --await");
        assertThat(ids).isNotEmpty();
        assertThat(host.json("job:list --label webhook=slow --status running").get("jobs"))
                .hasSize(4);
        String queued = "job:list --label webhook=slow --status queued";
        await("a delivery is submitted after its job has ended")
                .atMost(TIMEOUT)
                .until(() -> !host.json(queued).get("jobs").isEmpty());
        String waits = host.json(queued).at("/jobs/0/id").asText();
        assertThat(host.json("job:explain " + waits).toString()).contains("4 of running.max 4 run");
        assertThat(host.json("job:submit echo '{}' --await").get("status").asText())
                .isEqualTo("completed");

        answers.countDown();
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(host.json("job:list --label webhook=slow --status completed")
                                .get("jobs"))
                        .hasSizeGreaterThan(16));
        assertThat(most).hasValue(4);
        await().atMost(TIMEOUT)
                .untilAsserted(
                        () -> assertThat(host.json("job:doctor").at("/findings").toString())
                                .contains("io.jobyard.webhooks-shop", "disabled: ", "status 410"));
    }
}
