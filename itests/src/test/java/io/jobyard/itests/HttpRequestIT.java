// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static io.jobyard.itests.HostProcess.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** A whole host calls a real server, once it is allowed to, and gives it a secret that nobody else sees. */
public class HttpRequestIT {

    private static final String PID = "io.jobyard.handler.http";
    private static final String SECRET = "Bearer correct-horse-battery";

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
            byte[] answer = ("{\"you\": \"" + authorization + "\"}").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
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
    }

    @After
    public void stop() {
        server.stop(0);
    }

    @Test
    public void callsWhatIsAllowedAndShowsNoSecret() throws Exception {
        host.run();
        assertThat(call().get("error").asText())
                .isEqualTo("http_request may not call " + origin + ": it is not allowed; to allow it, write into etc/"
                        + PID + ".cfg: allow = " + origin);

        host.configure(PID, "allow = " + origin, "private = 127.0.0.1/32");
        await().atMost(PATIENCE).until(() -> host.log().contains(PID + ": allow = " + origin));

        JsonNode done = call();
        assertThat(done.at("/result/status").asInt()).as(done.toString()).isEqualTo(200);
        assertThat(done.at("/result/body/you").asText()).isEqualTo("${secret:key}");
        assertThat(authorizations).containsExactly(SECRET);
        assertThat(host.log()).doesNotContain("battery");
    }

    private JsonNode call() throws Exception {
        String id = host.json("job:submit http_request '{\"url\":\"" + origin
                        + "/v1\",\"headers\":{\"Authorization\":\"${secret:key}\"}}'")
                .get("id")
                .asText();
        return host.json("job:await " + id + " 60");
    }
}
