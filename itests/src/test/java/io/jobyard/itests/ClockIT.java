// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;

/** The wall clock of a running host jumps by hours, forth and back, and the host stands still. */
@Category(Storm.class)
public class ClockIT {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final String QUEUE = "shut";

    @Rule
    public final HostProcess host;

    private ShiftedClock clock;
    private Dialogue dialogue;

    public ClockIT() throws Exception {
        host = new HostProcess(FaultyProgram.make()).withExamples();
    }

    @Before
    public void start() throws Exception {
        host.configure("io.jobyard.scheduler", "retry.base.seconds = 1", "poll.interval.seconds = 1");
        clock = new ShiftedClock(host.instance());
        host.run();
        dialogue = host.dialogue();
    }

    @After
    public void hangUp() throws IOException {
        dialogue.close();
    }

    @Test
    public void aClockThatJumpsForthBringsWhatIsDueAndEndsNoRun() throws Exception {
        dialogue.answer("job:pause " + QUEUE);
        String running = submit("sleep {\"millis\":4000} --timeout 60 --retries 0");
        String delayed = submit("echo {} --after 30m");
        String expiring = submit("echo {} --expires 30m --queue " + QUEUE);
        String standing = submit("echo {} --queue " + QUEUE);

        clock.jumpTo(HOUR);

        assertThat(end(delayed).get("status").asText()).isEqualTo("completed");
        assertThat(end(expiring).get("reason").asText()).isEqualTo("expired");
        assertCompletedAtOnce(running);
        dialogue.answer("job:resume " + QUEUE);
        assertCompletedAtOnce(standing);
    }

    @Test
    public void aClockThatIsSetBackDelaysWhatWaitsForItAndNothingElse() throws Exception {
        clock.jumpTo(HOUR);
        dialogue.answer("job:pause " + QUEUE);
        String running = submit("sleep {\"millis\":4000} --timeout 60 --retries 0");
        String standing = submit("echo {} --queue " + QUEUE);
        String delayed = submit("echo {} --after 3s");

        clock.jumpTo(Duration.ZERO);

        assertCompletedAtOnce(submit("echo {}"));
        assertCompletedAtOnce(submit("echo {} --after 500ms"));
        JsonNode late = end(submit("sleep {\"millis\":60000} --timeout 1 --retries 0"));
        assertThat(late.get("reason").asText()).isEqualTo("timeout");
        assertCompletedAtOnce(running);
        JsonNode result = dialogue.answer("job:result " + running);
        assertThat(result.toString()).doesNotContain(":-").doesNotContain("PT-");
        dialogue.answer("job:resume " + QUEUE);
        assertCompletedAtOnce(standing);
        assertThat(dialogue.answer("job:show " + delayed).get("status").asText())
                .isEqualTo("waiting");
        assertThat(dialogue.answer("job:stats").path("oldestReadySeconds").asDouble())
                .isNotNegative();

        dialogue.answer("job:change " + delayed + " --after 1s");
        assertCompletedAtOnce(delayed);
    }

    @Test
    public void aScheduleHasOneJobForEachTimeWhateverTheClockDoes() throws Exception {
        dialogue.answer("job:schedule add each --every 1m --type echo --overlap allow --missed all:1000");
        clock.jumpTo(HOUR.multipliedBy(2));
        awaitMinutes(120);
        clock.jumpTo(Duration.ZERO);
        assertCompletedAtOnce(submit("echo {}"));
        awaitMinutes(120);
        clock.jumpTo(HOUR.multipliedBy(2).plusMinutes(10));
        assertApart(Duration.ofMinutes(1), awaitMinutes(130));
    }

    /** For as many seconds as {@code -Dstandstill.seconds=N} says. */
    @Test
    public void aScheduleMakesUpForTheTimesWhileItsHostStoodStill() throws Exception {
        dialogue.answer("job:schedule add each --every 1s --type echo --overlap allow --missed all:1000 --grace 1s");
        int seconds = Integer.getInteger("standstill.seconds", 4);
        awaitTimes(2, 100);
        long pid = host.process().orElseThrow().pid();
        Signal.STOP.send(pid);
        TimeUnit.SECONDS.sleep(seconds);
        Signal.CONT.send(pid);
        assertApart(Duration.ofSeconds(1), awaitTimes(seconds + 3, seconds + 200));
    }

    private static void assertApart(Duration interval, List<Instant> times) {
        for (int n = 1; n < times.size(); n++) {
            assertThat(Duration.between(times.get(n), times.get(n - 1))).isEqualTo(interval);
        }
    }

    /** At least so many; a minute may have gone by. */
    private List<Instant> awaitMinutes(int least) {
        return awaitTimes(least, least + 3);
    }

    private List<Instant> awaitTimes(int least, int most) {
        return await().atMost(HostProcess.TIMEOUT)
                .until(
                        () ->
                                dialogue
                                        .answer("job:list --schedule each --limit 1000")
                                        .findValuesAsText("fireAt")
                                        .stream()
                                        .map(Instant::parse)
                                        .sorted(Comparator.reverseOrder())
                                        .toList(),
                        times -> times.size() >= least && times.size() <= most);
    }

    private void assertCompletedAtOnce(String id) throws Exception {
        JsonNode job = end(id);
        assertThat(job.get("status").asText()).as(job.toString()).isEqualTo("completed");
        assertThat(job.get("run").asInt()).isEqualTo(1);
        List<String> history = dialogue.answer("job:history " + id).findValuesAsText("to");
        assertThat(history).endsWith("running", "completed").containsOnlyOnce("running", "completed");
    }

    private String submit(String job) throws Exception {
        return dialogue.answer("job:submit " + job).get("id").asText();
    }

    private JsonNode end(String id) throws Exception {
        return dialogue.answer("job:await " + id + " 60");
    }
}
