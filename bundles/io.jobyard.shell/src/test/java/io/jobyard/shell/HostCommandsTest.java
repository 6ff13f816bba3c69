// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The hosts at the shell. */
@Timeout(60)
class HostCommandsTest {

    @TempDir
    Path directory;

    private TestShell shell;

    @BeforeEach
    void open() {
        shell = new TestShell(directory);
    }

    @Test
    void hostsTellWhoTheyAreAndWhatTheyDo() throws Exception {
        JsonNode hosts =
                new ObjectMapper().readTree(shell.call("hosts", "--json").out()).get("hosts");
        assertThat(hosts).hasSize(2);
        assertThat(hosts.get(0).fieldNames())
                .toIterable()
                .containsExactly(
                        "name",
                        "incarnation",
                        "since",
                        "leader",
                        "leaseUntil",
                        "room",
                        "running",
                        "asyncRoom",
                        "asyncRunning",
                        "handlers",
                        "version",
                        "draining");
        assertThat(hosts.at("/0/handlers/0/type").asText()).isEqualTo("mail");
        assertThat(hosts.at("/1/leader").asBoolean()).isFalse();

        assertThat(shell.call("hosts").out()).contains("build-7:4711", "active, leader", "build-8:12");
    }

    @Test
    void aDrainSaysWhenTheHostIsIdleAndCanBeTakenBack() throws Exception {
        assertThat(shell.call("drain").out())
                .contains("host build-7:4711 is draining; jobs still running: 1", "host build-7:4711 is idle");
        assertThat(shell.jobs.draining).isTrue();

        assertThat(shell.call("drain", "--end").out()).contains("host build-7:4711 starts jobs again");
        assertThat(shell.jobs.draining).isFalse();
        assertThat(shell.call("drain", "--end").err()).contains("is not draining");
    }

    @Test
    void aDrainThatAnotherSessionEndsIsWaitedForNoLonger() {
        shell.jobs.runningHere = 4;
        shell.jobs.drainEndsElsewhere = true;
        assertThat(shell.call("drain").out())
                .endsWith("host build-7:4711 starts jobs again: another session ended its drain\n");
    }

    @Test
    void aHostCanBeNamedWithoutItsProcess() throws Exception {
        JsonNode idle = new ObjectMapper()
                .readTree(shell.call("drain", "build-7", "--json").out());
        assertThat(idle.get("running").asInt()).isZero();
        assertThat(idle.get("draining").asBoolean()).isTrue();
    }

    @Test
    void anotherHostIsFollowedUntilItHasHeard() throws Exception {
        assertThat(shell.call("drain", "build-8").out())
                .isEqualTo("host build-8:12 is idle; job:drain --end build-8:12 makes it start jobs again\n");
        assertThat(shell.jobs.drainsAfar).containsExactly("build-8");

        assertThat(shell.call("drain", "--end", "build-8").out()).isEqualTo("host build-8:12 starts jobs again\n");
    }

    @Test
    void aHostThatEndsMeanwhileIsSaidToHaveEnded() {
        shell.jobs.endsWhileItDrains = true;
        assertThat(shell.call("drain", "build-8").out()).isEqualTo("host build-8:12 has ended\n");
    }
}
