// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static io.jobyard.itests.HostProcess.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** A whole host calls a real server, once it is allowed to, and gives it a secret that nobody else sees. */
public class HttpRequestIT {

    private static final String PID = "io.jobyard.handler.http";
    private static final String SECRET = "Bearer correct-horse/battery-staple";

    @Rule
    public final HostProcess host = new HostProcess();

    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private String origin;

    @Before
    public void start() throws Exception {
        Path directory = Files.createDirectories(host.instance().resolve("secrets"));
        Path secret = Files.writeString(directory.resolve("key"), SECRET);
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            authorizations.add(authorization);
            URI asked = exchange.getRequestURI();
            int status = asked.getPath().startsWith("/status/")
                    ? Integer.parseInt(asked.getPath().substring(8))
                    : 200;
            byte[] answer =
                    echo(String.valueOf(asked.getQuery()), authorization).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("X-Echo", authorization);
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        origin = "http://127.0.0.1:" + server.getAddress().getPort();
        host.configure(
                "io.jobyard.secrets-key",
                "secrets = key",
                "types = http_request",
                "bundles = " + PID,
                "uses = header",
                "origins = " + origin);
        host.run();
    }

    @After
    public void stop() {
        server.stop(0);
    }

    @Test
    public void callsWhatIsAllowedAndShowsNoSecretWhereverAnAnswerIsCut() throws Exception {
        assertThat(call().get("error").asText())
                .isEqualTo("http_request may not call " + origin
                        + ": not in the allowed origins; to allow it, set in etc/" + PID + ".cfg: allow = " + origin);

        host.configure(PID, "allow = " + origin, "private = 127.0.0.1/32");
        await().atMost(TIMEOUT).until(() -> host.log().contains(PID + ": allow = " + origin));

        JsonNode done = call();
        assertThat(done.at("/result/status").asInt()).as(done.toString()).isEqualTo(200);
        assertThat(done.at("/result/body/you").asText()).isEqualTo("${secret:key}");
        assertThat(authorizations).containsExactly(SECRET);
        whereverAnAnswerIsCutNothingTellsFourCharactersOfTheSecret();
        assertThat(host.log()).doesNotContain("battery");
    }

    private static String echo(String form, String text) {
        return switch (form) {
            case "escaped" -> "{\"you\": \"" + text.replace("/", "\\/").replace("-", "\\u002d") + "\"}";
            case "percent" -> "{\"you\": \"" + URLEncoder.encode(text, StandardCharsets.UTF_8) + "\"}";
            case "base64" -> "{\"you\": \"" + base64(text) + "\"}";
            default -> "{\"you\": \"" + text + "\"}";
        };
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The submitter chooses where an answer that repeats the secret is cut, by the limit of its bytes. */
    private void whereverAnAnswerIsCutNothingTellsFourCharactersOfTheSecret() throws Exception {
        List<String> commands = new ArrayList<>();
        for (String form : List.of("plain", "escaped", "percent", "base64")) {
            for (int bytes = 12; bytes < 60; bytes += 5) {
                commands.add(submit("/status/400?" + form, ",\"maxBytes\":" + bytes));
                commands.add(submit("/status/503?" + form, ",\"method\":\"POST\",\"maxBytes\":" + bytes));
            }
            commands.add(submit("/status/200?" + form, ""));
            commands.add(submit("/status/200?" + form, ",\"maxBytes\":30"));
        }
        List<String> ids = new ArrayList<>();
        host.json(commands).forEach(submitted -> ids.add(submitted.get("id").asText()));
        List<String> looks = new ArrayList<>();
        ids.forEach(id -> {
            looks.add("job:await " + id + " 60");
            looks.add("job:log " + id);
            looks.add("job:history " + id);
        });
        String told = host.json(looks).toString();
        assertThat(told).contains("answered with status 400", "answered with status 503", "${secret:key}");
        String credential = SECRET.substring("Bearer ".length());
        for (String whole : List.of(credential, URLEncoder.encode(credential, StandardCharsets.UTF_8))) {
            assertThat(told).doesNotContain(whole.substring(0, 4), whole.substring(whole.length() - 4));
        }
        assertThat(told)
                .doesNotContain(base64(SECRET).substring(0, 6), base64(SECRET).substring(12, 20));
    }

    private String submit(String path, String more) {
        return "job:submit http_request '{\"url\":\"" + origin + path + "\"" + more
                + ",\"headers\":{\"Authorization\":\"${secret:key}\"}}'";
    }

    private JsonNode call() throws Exception {
        String id = host.json("job:submit http_request '{\"url\":\"" + origin
                        + "/v1\",\"headers\":{\"Authorization\":\"${secret:key}\"}}'")
                .get("id")
                .asText();
        return host.json("job:await " + id + " 60");
    }
}
