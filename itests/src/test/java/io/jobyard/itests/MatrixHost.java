// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.itests.matrix.Bundles;
import io.jobyard.spi.access.Permission;
import io.jobyard.store.postgres.FreePort;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The host of the permission matrix, with its users, their tokens and sessions, and the ways by which they ask. */
final class MatrixHost {

    /** May do everything: others' jobs are hers, and the scoped tokens are of the boss. */
    static final String OTHER = "olga";

    static final String BOSS = "boss";
    private static final String PROXY = "proxy";
    private static final String PASSWORD = "correct horse battery";
    private static final String SETUP = "io.jobyard.roles-setup";
    private static final String META = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{\"extensions\":{\"io.modelcontextprotocol/tasks\":{}}}}";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HostProcess host;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, String> tokens = new HashMap<>();
    private final Map<String, String> scoped = new HashMap<>();
    private final Map<String, String> sessions = new HashMap<>();
    private String root = "";
    private String link = "";
    Dialogue shell;

    MatrixHost(HostProcess host) {
        this.host = host;
    }

    /** Starts it, and lets everybody do everything. */
    void open() throws Exception {
        int port = FreePort.next();
        root = "http://127.0.0.1:" + port;
        host.configure("io.jobyard.http", "port = " + port);
        host.configure("io.jobyard.access", "bundles.default = none");
        host.configure(SETUP, "members = " + members(), "permissions = " + text(Permission.values()));
        Path deploy = Files.createDirectories(host.instance().resolve("deploy"), HostProcess.PRIVATE);
        HandlerJar.write(deploy.resolve("matrix.jar"), Bundles.class, "com.acme.matrix", "1.0.0");
        // With the whole compiler: without it, the hash of a password takes seconds.
        assertThat(host.jobyard(Map.of("JOBYARD_JAVA_OPTS", ""), "start").exit())
                .isZero();
        shell = host.dialogue();
        link = shell.answer("job:console").get("url").asText();
        String administrator =
                cookie(client.send(HttpRequest.newBuilder(URI.create(link)).build(), BodyHandlers.discarding()));
        sessions.put("", administrator);
        names().parallel().forEach(this::addUser);
        names().forEach(name -> tokens.put(name, token(name, "--user " + name)));
        for (MatrixRole role : MatrixRole.ALL) {
            if (!role.permissions().isEmpty()) {
                String permissions = role.permissions().replace(" ", "");
                scoped.put(role.name(), token(role.name(), "--user " + BOSS + " --permissions " + permissions));
            }
        }
    }

    private static String members() {
        return names().flatMap(name -> Stream.of("user:" + name, "bundle:" + name))
                .collect(Collectors.joining(", "));
    }

    private static Stream<String> names() {
        return Stream.concat(MatrixRole.ALL.stream().map(MatrixRole::name), Stream.of(OTHER, BOSS, PROXY));
    }

    private static String text(Permission... permissions) {
        return Arrays.stream(permissions).map(Permission::text).collect(Collectors.joining(", "));
    }

    private void addUser(String name) {
        String body = "{\"name\":\"" + name + "\",\"password\":\"" + PASSWORD + "\"}";
        HttpResponse<?> added = ask(
                request("/api/v1/users", "POST", body)
                        .header("Cookie", sessions.get(""))
                        .header("Sec-Fetch-Site", "same-origin"),
                BodyHandlers.ofString());
        assertThat(added.statusCode()).as(String.valueOf(added.body())).isEqualTo(201);
        HttpResponse<?> entered = ask(
                request("/sign-in", "POST", "{\"user\":\"" + name + "\",\"password\":\"" + PASSWORD + "\"}"),
                BodyHandlers.ofString());
        assertThat(entered.statusCode()).as(String.valueOf(entered.body())).isEqualTo(204);
        synchronized (sessions) {
            sessions.put(name, cookie(entered));
        }
    }

    private static String cookie(HttpResponse<?> answer) {
        return answer.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
    }

    private String token(String name, String options) {
        JsonNode made = shell.answer("job:token create of-" + name + " " + options);
        assertThat(made.has("secret")).as(made.toString()).isTrue();
        return made.get("secret").asText();
    }

    /** From now on everybody may do what the own role allows. */
    void close() throws Exception {
        for (MatrixRole role : MatrixRole.ALL) {
            if (!role.permissions().isEmpty()) {
                host.configure(
                        "io.jobyard.roles-" + role.name(),
                        "members = user:" + role.name() + ", bundle:" + role.name(),
                        "permissions = " + role.permissions());
            }
        }
        host.configure("io.jobyard.roles-" + PROXY, "members = user:" + PROXY, "permissions = impersonate");
        host.configure(
                SETUP, "members = user:" + OTHER + ", user:" + BOSS, "permissions = " + text(Permission.values()));
        for (MatrixRole role : MatrixRole.ALL) {
            await().atMost(HostProcess.TIMEOUT)
                    .untilAsserted(
                            () -> assertThat(permissions(role)).as(role.name()).isEqualTo(role.granted()));
        }
    }

    private Set<Permission> permissions(MatrixRole role) throws IOException {
        MatrixAnswer me = byToken(role, "GET /api/v1/me");
        List<String> told = new ArrayList<>();
        JSON.readTree(me.text().substring(4)).get("permissions").forEach(each -> told.add(each.asText()));
        return Permission.written(String.join(",", told));
    }

    MatrixAnswer byShell(MatrixRole role, String call) {
        try {
            HostProcess.Outcome outcome = host.call(call + " --json --as " + role.name());
            return MatrixAnswer.shell(outcome.exit(), outcome.out() + outcome.err());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(call, e);
        } catch (IOException e) {
            throw new AssertionError(call, e);
        }
    }

    MatrixAnswer byToken(MatrixRole role, String call) {
        return http(call, "Authorization", "Bearer " + tokens.get(role.name()));
    }

    MatrixAnswer byScopedToken(MatrixRole role, String call) {
        return http(call, "Authorization", "Bearer " + scoped.get(role.name()));
    }

    MatrixAnswer byProxy(MatrixRole role, String call) {
        return http(call, "Authorization", "Bearer " + tokens.get(PROXY), "Jobyard-As", role.name());
    }

    MatrixAnswer bySession(MatrixRole role, String call) {
        return http(call, "Cookie", sessions.get(role.name()), "Sec-Fetch-Site", "same-origin");
    }

    /** What somebody is told who may do everything. */
    JsonNode known(String path) throws IOException {
        return JSON.readTree(http("GET " + path, "Authorization", "Bearer " + tokens.get(BOSS))
                .text()
                .substring(4));
    }

    /** Speaks for another user. */
    MatrixAnswer asOther(MatrixRole role) {
        return http("GET /api/v1/me", "Authorization", "Bearer " + tokens.get(role.name()), "Jobyard-As", OTHER);
    }

    private MatrixAnswer http(String call, String... headers) {
        String[] words = call.split(" ", 3);
        HttpRequest.Builder request =
                request(words[1], words[0], words.length > 2 ? words[2] : null).headers(headers);
        HttpResponse<InputStream> answer = ask(request, BodyHandlers.ofInputStream());
        boolean isStream =
                answer.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream");
        try (InputStream body = answer.body()) {
            String text = isStream ? "a stream" : new String(body.readAllBytes(), StandardCharsets.UTF_8);
            return MatrixAnswer.http(answer.statusCode(), text);
        } catch (IOException e) {
            throw new AssertionError(call, e);
        }
    }

    MatrixAnswer byMcp(MatrixRole role, String call) {
        String[] words = call.split(" ", 2);
        String params = words[1].substring(0, words[1].length() - 1) + "," + META + "}";
        String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + words[0] + "\",\"params\":" + params + "}";
        HttpRequest.Builder request = request("/mcp", "POST", body)
                .headers(
                        "Authorization",
                        "Bearer " + tokens.get(role.name()),
                        "Accept",
                        "application/json, text/event-stream")
                .headers("MCP-Protocol-Version", "2026-07-28", "Mcp-Method", words[0]);
        try {
            JsonNode given = JSON.readTree(words[1]);
            String name = given.has("name")
                    ? given.get("name").asText()
                    : given.path("taskId").asText();
            request.header("Mcp-Name", name);
            return MatrixAnswer.mcp(
                    JSON.readTree(ask(request, BodyHandlers.ofString()).body()));
        } catch (IOException e) {
            throw new AssertionError(call, e);
        }
    }

    MatrixAnswer byBundle(MatrixRole role, String call) {
        String[] words = call.split(" ", 2);
        String path =
                "/matrix?bundle=" + role.name() + "&call=" + words[0] + (words.length > 1 ? "&target=" + words[1] : "");
        HttpResponse<String> answer = ask(
                request(path, "POST", null).header("Authorization", "Bearer " + tokens.get(OTHER)),
                BodyHandlers.ofString());
        return MatrixAnswer.http(answer.statusCode(), answer.body());
    }

    private HttpRequest.Builder request(String path, String method, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(root + path));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        return request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    }

    private <T> HttpResponse<T> ask(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
        try {
            return client.send(request.build(), handler);
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
