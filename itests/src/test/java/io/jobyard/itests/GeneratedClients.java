// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.store.postgres.FreePort;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/**
 * Clients that openapi-generator (Java) and openapi-typescript make from the document of a whole host. Needs what
 * {@code tools/openapi/packages} downloads, and is run by name.
 */
public class GeneratedClients {

    private static final Path TOOLS =
            Path.of("..", "tools", "openapi").toAbsolutePath().normalize();
    private static final int OPERATIONS = 50;

    @Rule
    public final HostProcess host = new HostProcess();

    private String address;
    private String token;
    private Path document;

    @Before
    public void start() throws Exception {
        int port = FreePort.next();
        address = "http://127.0.0.1:" + port;
        host.configure("io.jobyard.http", "port = " + port);
        host.configure(
                "io.jobyard.roles-generated",
                "members = user:generated",
                "permissions = admin, operate, submit, view, cancel, retry, signal, impersonate");
        host.run();
        Path password = Files.writeString(host.instance().resolve("password"), "correct horse battery staple\n");
        assertThat(host.jobyard(password, "user", "add", "generated").exit()).isZero();
        token = host.json("job:token create generated --user generated")
                .get("secret")
                .asText();
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/openapi.json"))
                .header("Authorization", "Bearer " + token)
                .build();
        document = host.instance().resolve("openapi.json");
        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofFile(document))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    public void theClientsCompileAndReturnTheSameFromFiftyOperations() throws Exception {
        List<String> returned = client("java");
        assertThat(returned.stream().map(line -> line.split(" ")[0]).distinct())
                .as("operations")
                .hasSizeGreaterThanOrEqualTo(OPERATIONS);
        assertThat(returned)
                .contains("submitJob waiting false", "getJob waiting NAME", "changeJob 2", "awaited completed")
                .contains("unknown 404 not_found", "changeSchedule Europe/Berlin", "createToken view");
        assertThat(client("typescript")).isEqualTo(returned);
    }

    /** Returns the lines that a client prints, with NAME in place of its name. */
    private List<String> client(String name) throws Exception {
        Path output = Path.of("target", "client-" + name + ".txt").toAbsolutePath();
        String script = TOOLS.resolve(name).toString();
        Process process = new ProcessBuilder(script, document.toString(), address, token, name)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int exit = process.waitFor();
        String said = Files.readString(output);
        assertThat(exit).as(said).isZero();
        return said.replace(name, "NAME").lines().toList();
    }
}
