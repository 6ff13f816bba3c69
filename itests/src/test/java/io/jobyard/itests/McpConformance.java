// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static io.jobyard.itests.HostProcess.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.itests.conformance.ConformanceTools;
import io.jobyard.store.postgres.FreePort;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** The official conformance suite of MCP and the official clients against a whole host. Needs npm, and is run by name. */
public class McpConformance {

    private static final Path TOOLS =
            Path.of("..", "tools", "mcp").toAbsolutePath().normalize();

    @Rule
    public final HostProcess host = new HostProcess().withExamples();

    private String address;
    private String token;

    @Before
    public void start() throws Exception {
        int port = FreePort.next();
        address = "http://127.0.0.1:" + port + "/mcp";
        host.configure("io.jobyard.http", "port = " + port);
        host.configure("io.jobyard.mcp", "task.after.seconds = 1");
        host.configure("io.jobyard.scheduler", "handler.grace.seconds = 1");
        host.configure(
                "io.jobyard.types-protocol_error_job", "versions = \"[1,2)\""); // has no handler: its jobs never run
        host.configure(
                "io.jobyard.roles-agents", "members = user:agent", "permissions = submit, view, cancel, retry, signal");
        Path deploy = Files.createDirectories(host.instance().resolve("deploy"));
        HandlerJar.write(
                deploy.resolve("conformance.jar"),
                ConformanceTools.class,
                "com.acme.conformance",
                "1.0.0",
                ConformanceTools.schemas());
        host.run();
        Path password = Files.writeString(host.instance().resolve("password"), "correct horse battery staple\n");
        assertThat(host.jobyard(password, "user", "add", "agent").exit()).isZero();
        token = host.json("job:token create conformance --user agent")
                .get("secret")
                .asText();
        await().atMost(TIMEOUT).until(() -> host.jobyard("handlers").out().contains("header_tool"));
    }

    @Test
    public void theSuiteFindsNothingThatApplies() throws Exception {
        assertThat(script("conformance", address, token)).doesNotContain("FAILED");
    }

    @Test
    public void theOfficialClientsCallToolsAndFollowTasks() throws Exception {
        String bin = Program.HOME.resolve("bin/jobyard").toString();
        String said = script("clients", bin, host.instance().toString(), address, token);
        assertThat(said.lines().filter(line -> line.startsWith("  approval ")))
                .hasSize(2)
                .allMatch(line -> line.contains("ann"));
        assertThat(said.lines().filter(line -> line.contains("sleep result"))).hasSize(2);
    }

    /** What it printed, which is kept beside the reports. */
    private static String script(String name, String... arguments) throws Exception {
        Path output = Path.of("target", "mcp-" + name + ".txt").toAbsolutePath();
        List<String> command = Stream.concat(Stream.of(TOOLS.resolve(name).toString()), Stream.of(arguments))
                .toList();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int exit = process.waitFor();
        String said = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(exit).as(said).isZero();
        return said;
    }
}
