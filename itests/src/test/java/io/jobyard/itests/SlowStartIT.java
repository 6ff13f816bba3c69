// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.itests.HostProcess.Outcome;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;

/** {@code start} waits for a host that is slow, and not for one that cannot come up. */
@Category(Storm.class)
public class SlowStartIT {

    private static final long STANDS_STILL_SECONDS = 70;

    @Rule
    public final HostProcess host = new HostProcess();

    @Test
    public void aHostThatStandsStillForLongerThanAMinuteIsWaitedFor() throws Exception {
        Process start = host.begin("start");
        await().atMost(HostProcess.TIMEOUT)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> host.process().isPresent());
        String pid = Long.toString(host.process().orElseThrow().pid());
        signal("STOP", pid);
        assertThat(start.waitFor(STANDS_STILL_SECONDS, TimeUnit.SECONDS)).isFalse();
        signal("CONT", pid);
        assertThat(start.waitFor(HostProcess.TIMEOUT.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        String said = Files.readString(host.instance().resolve("said.txt"));
        assertThat(start.exitValue()).as(said).isZero();
        assertThat(said).contains("still starting: ", "(60 s)", "takes jobs after");
        assertThat(host.instance().resolve("data/start.state")).doesNotExist();
        assertThat(Long.toString(host.process().orElseThrow().pid())).isEqualTo(pid);
        host.stop();
    }

    @Test
    public void aStoreThatCannotOpenEndsTheStartWithItsReason() throws Exception {
        host.configure("io.jobyard.store", "url = jdbc:derby:/not/there");
        Outcome started = host.jobyard("start");
        assertThat(started.exit()).isEqualTo(1);
        assertThat(started.err().lines())
                .singleElement()
                .asString()
                .contains("the host did not start: Database '/not/there' not found");
        assertThat(host.process()).isEmpty();
        Outcome ran = host.jobyard("run");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err().lines())
                .filteredOn(line -> line.startsWith("jobyard: "))
                .singleElement()
                .asString()
                .contains("the host cannot start: Database '/not/there' not found");
        assertThat(host.process()).isEmpty();
    }

    private static void signal(String name, String pid) throws Exception {
        assertThat(HostProcess.run(new ProcessBuilder("kill", "-" + name, pid)).exit())
                .isZero();
    }
}
