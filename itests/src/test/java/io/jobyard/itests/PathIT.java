// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.itests.HostProcess.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;

/** Jobs through {@code bin/jobyard shell}, and what becomes of them when the host is killed. */
public class PathIT {

    @ClassRule
    public static final HostProcess HOST = new HostProcess().withExamples();

    @BeforeClass
    public static void start() throws Exception {
        HOST.run();
    }

    @Test
    public void runsAJobFromTheShell() throws Exception {
        JsonNode job = HOST.json("job:submit echo {\"greeting\":\"hello\"} --await");
        assertThat(job.get("status").asText()).isEqualTo("completed");
        assertThat(job.get("result").get("greeting").asText()).isEqualTo("hello");
    }

    @Test
    public void refusesABadCommandInOneLine() throws Exception {
        Outcome outcome = HOST.jobyard("shell", "job:submit echo [1]");
        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err().lines()).hasSize(1);
    }

    @Test
    public void losesNothingOfAThousandJobs() throws Exception {
        int before = completed();
        JsonNode submitted = HOST.json("job:submit echo {} --times 1000");
        assertThat(submitted.get("ids")).hasSize(1000);
        awaitCompleted(before + 1000);
    }

    @Test
    public void completesEveryAcknowledgedJobAfterAKillAndReadsItsSettingsBefore() throws Exception {
        int before = completed();
        Outcome submitted = HOST.jobyard("shell", "job:submit sleep {\"millis\":20} --times 300");
        assertThat(submitted.exit()).as(submitted.err()).isZero();
        ProcessHandle process = HOST.process().orElseThrow();
        process.destroyForcibly();
        await().atMost(Duration.ofSeconds(10)).until(() -> HOST.process().isEmpty());
        assertThat(HOST.jobyard("shell", "job:stats").exit()).isEqualTo(1);
        Path settings = HOST.instance().resolve("etc/io.jobyard.worker.cfg");
        Files.writeString(settings, "worker.threads = 99\n");
        start();
        assertThat(HOST.log().lines().filter(line -> line.contains("invalid worker.threads")))
                .hasSize(1)
                .allMatch(line -> line.contains("1 to 32"));
        Files.delete(settings);
        awaitCompleted(before + 300);
    }

    @Test
    public void runsAJobOnAHandlerThatIsDroppedIn() throws Exception {
        JsonNode waiting = HOST.json("job:submit word_count {\"text\":\"one two three\"}");
        HandlerJar.write(HOST.instance().resolve("deploy/words.jar"), "1.2.0");
        JsonNode job = HOST.json("job:await " + waiting.get("id").asText() + " 30");
        assertThat(job.get("status").asText()).as(job.toString()).isEqualTo("completed");
        assertThat(job.get("result").get("words").asInt()).isEqualTo(3);
    }

    private static int completed() throws Exception {
        return HOST.json("job:stats").at("/byStatus/completed").asInt();
    }

    private static void awaitCompleted(int count) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(300))
                .untilAsserted(() -> assertThat(completed()).isEqualTo(count));
    }
}
