// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteLineTest {

    private static final Map<String, String> NOWHERE = Map.of();

    @TempDir
    Path directory;

    private RemoteHostFixture host;

    @BeforeEach
    void begin() throws IOException {
        host = new RemoteHostFixture();
    }

    @AfterEach
    void end() {
        host.close();
    }

    @Test
    void aLineIsForAHostElsewhereIfItNamesOne() {
        Map<String, String> set = Map.of("JOBYARD_URL", "https://h");
        assertThat(RemoteLine.isMeant(List.of("--url", "https://h", "list"), NOWHERE))
                .isTrue();
        assertThat(RemoteLine.isMeant(List.of("list", "--url=https://h"), NOWHERE))
                .isTrue();
        assertThat(RemoteLine.isMeant(List.of("list"), NOWHERE)).isFalse();
        assertThat(RemoteLine.isMeant(List.of("submit", "x", "--", "--url"), NOWHERE))
                .isFalse();
        assertThat(RemoteLine.isMeant(List.of("job:list"), set)).isTrue();
        assertThat(RemoteLine.isMeant(List.of("start"), set)).isFalse();
        assertThat(RemoteLine.isMeant(List.of("list", "--instance", "d"), set)).isFalse();
        assertThat(RemoteLine.isMeant(List.of(), set)).isFalse();
    }

    @Test
    void theVariablesSayWhichHostAndWhichToken() throws IOException {
        Path token = Files.writeString(directory.resolve("token"), "secret");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r--r--"));
        Map<String, String> set = Map.of("JOBYARD_URL", host.url(), "JOBYARD_TOKEN_FILE", token.toString());
        assertThat(host.run(List.of("list"), set)).isEqualTo(1);
        assertThat(host.complained())
                .isEqualTo("jobyard: others can read the token in " + token + "; run chmod 600 " + token + "\n");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        host.on("GET /api/v1/jobs?limit=20", 200, "{\"jobs\": []}");
        assertThat(host.run(List.of("list"), set)).isZero();
        assertThat(host.printed()).isEqualTo("no jobs\n");
    }

    @Test
    void whatTheHostRefusesIsOneLine() {
        host.on(
                "GET /api/v1/jobs/7",
                404,
                "{\"code\": \"not_found\", \"detail\": \"there is no job 7; look\\u001b[2J\"}");
        assertThat(host.run("show", "7")).isEqualTo(1);
        assertThat(host.complained())
                .hasLineCount(1)
                .startsWith("jobyard: there is no job 7; look")
                .doesNotContain("\u001b");
        assertThat(host.printed()).isEmpty();
    }

    @Test
    void whatIsTypedWrongIsOneLine() {
        assertThat(host.run("show")).isEqualTo(1);
        assertThat(host.complained()).hasLineCount(1).contains("ID").endsWith(": see 'jobyard show --help'\n");
        assertThat(host.run("start")).isEqualTo(1);
        assertThat(host.complained())
                .hasLineCount(1)
                .startsWith("jobyard: 'start' is not done by a host elsewhere; use await, cancel,");
        assertThat(host.run(List.of("--url", "jobs.example.org", "list"), NOWHERE))
                .isEqualTo(1);
        assertThat(host.complained())
                .startsWith("jobyard: 'jobs.example.org' is no address of a host; use one such as");
        assertThat(host.run("list", "--statuss", "x")).isEqualTo(1);
        assertThat(host.complained()).hasLineCount(1).endsWith(": see 'jobyard list --help'\n");
    }

    @Test
    void helpExplains() {
        assertThat(host.run("--help")).isZero();
        assertThat(host.printed()).contains("--token-file=FILE", "JOBYARD_URL", "  submit ", "  await ");
        assertThat(host.run("list", "--help")).isZero();
        assertThat(host.printed()).startsWith("Usage: jobyard list").contains("--after-id=ID");
    }

    @Test
    void noOtherCommandLoadsTheClient() throws Exception {
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Xlog:class+load",
                        "-Djobyard.home="
                                + Files.createDirectories(directory.resolve("bundles"))
                                        .getParent(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.jobyard.launcher.Main",
                        "version")
                .redirectErrorStream(true)
                .start();
        String loaded = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(java.waitFor()).as(loaded).isZero();
        assertThat(loaded)
                .contains("io.jobyard.launcher.VersionCommand")
                .doesNotContain("io.jobyard.client", "java.net.http");
    }
}
