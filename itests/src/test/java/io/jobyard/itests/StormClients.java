// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static io.jobyard.itests.HostProcess.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.store.postgres.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Programs that ask hosts over HTTP in a storm: requests by key, sent again until they are answered, and then now and then; tokens that
 * come and are revoked. What becomes of their jobs is told to {@link StormHooks}.
 */
final class StormClients {

    static final String USER = "web";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int REQUESTS = 4;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Random random;
    private final StormHooks hooks;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<Path, Integer> ports = new LinkedHashMap<>();
    /** The job of each request by its key; empty until it is answered. */
    private final Map<String, String> requests = new LinkedHashMap<>();

    private final List<String> revoked = new ArrayList<>();
    private String token = "";
    private String name;
    private int tokens;
    private int again;

    StormClients(Random random, StormHooks hooks) {
        this.random = random;
        this.hooks = hooks;
    }

    /** Before its first start. */
    void prepare(HostProcess host) throws IOException {
        ports.put(host.instance(), FreePort.next());
        host.configure("io.jobyard.http", "port = " + ports.get(host.instance()));
        host.configure("io.jobyard.roles-" + USER, "members = user:" + USER, "permissions = submit, view");
        hooks.prepare(host);
    }

    /** Once all that it needs is up for the first time: from now on the webhooks tell. */
    void begin(HostProcess host) throws Exception {
        Path password = Files.writeString(host.instance().resolve("password"), "correct horse battery staple\n");
        HostProcess.Outcome added = HostProcess.run(new ProcessBuilder(
                        Program.HOME
                                .resolve("bin/jobyard")
                                .toString(), // a program that was made for faults has no shell of its own
                        "--instance",
                        host.instance().toString(),
                        "user",
                        "add",
                        USER)
                .redirectInput(password.toFile()));
        assertThat(added.exit()).as(added.out() + added.err()).isZero();
        name = newName();
        token = made(host.json(create(name))).orElseThrow();
        await().atMost(TIMEOUT).until(() -> {
            ask(host, newKey()); // a webhook tells what comes after its beginning
            return hooks.haveBegun();
        });
        hooks.begin(List.copyOf(requests.values()));
    }

    private String newName() {
        return "t" + ++tokens;
    }

    private static String create(String newName) {
        return "job:token create " + newName + " --user " + USER;
    }

    private static Optional<String> made(JsonNode answer) {
        return Optional.ofNullable(answer.get("secret")).map(JsonNode::asText);
    }

    private String newKey() {
        String key = Integer.toHexString(requests.size()) + "e" + Long.toHexString(random.nextLong() & 0xFFFFFFFFL);
        requests.put(key, "");
        return key;
    }

    /** Some requests, old and new ones, and another token; until the host is gone. */
    void press(HostProcess host, Dialogue dialogue) {
        stayRevoked(host);
        for (int n = 0; n < REQUESTS; n++) {
            List<String> old = List.copyOf(requests.keySet());
            boolean repeats = !old.isEmpty() && random.nextInt(3) == 0;
            again += repeats ? 1 : 0;
            ask(host, repeats ? old.get(random.nextInt(old.size())) : newKey());
        }
        requests.forEach((key, id) -> {
            if (id.isEmpty()) {
                ask(host, key);
            }
        });
        String newName = newName();
        dialogue.ask(create(newName)).flatMap(StormClients::made).ifPresent(next -> {
            String before = token;
            String old = name; // not the one before by number, of which perhaps nobody heard
            token = next;
            name = newName;
            dialogue.ask("job:token revoke " + old + " --user " + USER)
                    .filter(answer -> !answer.has("error"))
                    .ifPresent(answer -> revoked.add(before));
        });
    }

    /** Each makes its jobs once: an answer says the same job each time. */
    private void ask(HostProcess host, String key) {
        HttpRequest request = request(host, "/api/v1/jobs", token)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"type\": \"echo\", \"payload\": {}, \"labels\": {\"call\": \"" + key + " of 1\"}}"))
                .build();
        send(request).filter(answer -> answer.statusCode() < 300).ifPresent(answer -> {
            String id = read(answer.body()).get("id").asText();
            String before = requests.put(key, id);
            assertThat(before).as("the job of request " + key).isIn("", id);
        });
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new AssertionError(json, e);
        }
    }

    private void stayRevoked(HostProcess host) {
        if (!revoked.isEmpty()) {
            String old = revoked.get(random.nextInt(revoked.size()));
            send(request(host, "/api/v1/me", old).build())
                    .ifPresent(answer -> assertThat(answer.statusCode())
                            .as("a token that was revoked, or too many of them")
                            .isIn(401, 429, 503));
        }
    }

    private HttpRequest.Builder request(HostProcess host, String path, String by) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.get(host.instance()) + path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + by);
    }

    /** Empty if the host did not live to answer. */
    private Optional<HttpResponse<String>> send(HttpRequest request) {
        try {
            return Optional.of(client.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** On a host that lives: what was never answered is asked until it is. */
    void end(HostProcess host) {
        await().atMost(TIMEOUT).until(() -> {
            List.copyOf(requests.keySet()).stream()
                    .filter(key -> requests.get(key).isEmpty())
                    .forEach(key -> ask(host, key));
            return !requests.containsValue("");
        });
        stayRevoked(host);
        requests.forEach((key, id) -> assertThat(
                        send(request(host, "/api/v1/jobs/" + id, token).build()).map(HttpResponse::statusCode))
                .as("job " + id + " of request " + key)
                .contains(200));
        hooks.awaitAll(List.copyOf(requests.values()));
    }

    String summary() {
        return requests.size() + " requests by key, " + again + " of them sent again, each with one job; "
                + revoked.size() + " tokens revoked; " + hooks.summary();
    }
}
