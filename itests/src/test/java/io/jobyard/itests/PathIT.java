// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.itests.HostProcess.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** Jobs through {@code bin/jobyard shell}, and what becomes of them when the host is killed. */
public class PathIT {

    @Rule
    public final HostProcess host = new HostProcess();

    @Before
    public void start() throws Exception {
        Outcome started = host.jobyard("start");
        assertThat(started.exit()).as(started.err()).isZero();
    }

    @Test
    public void runsAJobFromTheShell() throws Exception {
        JsonNode job = host.json("job:submit echo {\"greeting\":\"hello\"} --await");
        assertThat(job.get("status").asText()).isEqualTo("completed");
        assertThat(job.get("result").get("greeting").asText()).isEqualTo("hello");
    }

    @Test
    public void refusesABadCommandInOneLine() throws Exception {
        Outcome outcome = host.jobyard("shell", "job:submit echo [1]");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err().lines()).hasSize(1);
    }

    @Test
    public void losesNothingOfAThousandJobs() throws Exception {
        JsonNode submitted = host.json("job:submit echo {} --times 1000");
        assertThat(submitted.get("ids")).hasSize(1000);
        awaitCompleted(1000);
    }

    @Test
    public void completesEveryAcknowledgedJobAfterAKill() throws Exception {
        Outcome submitted = host.jobyard("shell", "job:submit sleep {\"millis\":20} --times 300");
        assertThat(submitted.exit()).as(submitted.err()).isZero();
        ProcessHandle process = host.process().orElseThrow();
        process.destroyForcibly();
        await().atMost(Duration.ofSeconds(10)).until(() -> host.process().isEmpty());
        assertThat(host.jobyard("shell", "job:stats").exit()).isEqualTo(1);
        start();
        awaitCompleted(300);
    }

    @Test
    public void runsAJobOnAHandlerThatIsDroppedIn() throws Exception {
        JsonNode waiting = host.json("job:submit word_count {\"text\":\"one two three\"}");
        HandlerJar.write(host.instance().resolve("deploy/words.jar"), "1.2.0");
        JsonNode job = host.json("job:await " + waiting.get("id").asText() + " 30");
        assertThat(job.get("status").asText()).as(job.toString()).isEqualTo("completed");
        assertThat(job.get("result").get("words").asInt()).isEqualTo(3);
    }

    @Test
    public void readsItsSettingsBeforeTheFirstJob() throws Exception {
        host.jobyard("stop");
        Path settings = host.instance().resolve("etc/io.jobyard.worker.cfg");
        Files.writeString(settings, "worker.threads = 99\n");
        start();
        assertThat(host.log().lines().filter(line -> line.contains("worker.threads = 99")))
                .hasSize(1)
                .allMatch(line -> line.contains("1 to 32"));
    }

    private void awaitCompleted(int count) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(300))
                .untilAsserted(() -> assertThat(
                                host.json("job:stats").at("/byStatus/completed").asInt())
                        .isEqualTo(count));
    }
}
