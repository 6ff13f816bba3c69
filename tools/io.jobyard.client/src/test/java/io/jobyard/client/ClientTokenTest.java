// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import static io.jobyard.client.RepeatedRequestsTest.refusal;
import static io.jobyard.client.ScriptedHostFixture.job;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientTokenTest {

    @TempDir
    Path directory;

    @Test
    void aTokenThatIsReplacedIsUsedAtOnce() throws IOException {
        Path file = file("rw-------");
        try (ScriptedHostFixture host = new ScriptedHostFixture();
                JobyardClient client = host.builder().tokenFile(file).build()) {
            host.on("/api/v1/jobs/1", job("1", "queued"));
            client.job("1").join();
            Files.writeString(file, "second\n");
            client.job("1").join();
            assertThat(host.asked)
                    .extracting(each -> each.header("Authorization"))
                    .containsExactly("Bearer first", "Bearer second");
        }
    }

    @Test
    void aFileThatOthersCanReadIsRefused() throws IOException {
        Path file = file("rw-r-----");
        try (ScriptedHostFixture host = new ScriptedHostFixture();
                JobyardClient client = host.builder().tokenFile(file).build()) {
            assertThat(refusal(() -> client.job("1").join()))
                    .hasMessage("others can read the token in " + file + "; run chmod 600 " + file);
            assertThat(host.asked).isEmpty();
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            Files.writeString(file, "two words");
            assertThat(refusal(() -> client.job("1").join()).code()).isEqualTo("validation");
        }
    }

    @Test
    void aTokenDoesNotLeaveTheMachineInClearText() {
        assertThat(refusal(() -> builder("http://jobs.example.org").token("t").build()))
                .hasMessageStartingWith("a token must not go to http://jobs.example.org in clear text; use https");
        assertThat(refusal(
                        () -> builder("http://127.0.0.1.example.org").token("t").build()))
                .isNotNull();
        builder("https://jobs.example.org").token("t").build().close();
        builder("http://jobs.example.org").build().close();
        builder("http://jobs.example.org").token("t").plainHttp().build().close();
    }

    @Test
    void anAddressThatIsNoneIsRefused() {
        assertThat(refusal(() -> builder("jobs.example.org").build()))
                .hasMessage("invalid host address 'jobs.example.org'; use an address such as https://jobs.example.org");
    }

    private static JobyardClientBuilder builder(String address) {
        return JobyardClient.builder(URI.create(address));
    }

    private Path file(String rights) throws IOException {
        Path file = Files.writeString(directory.resolve("token"), "first\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
    }
}
