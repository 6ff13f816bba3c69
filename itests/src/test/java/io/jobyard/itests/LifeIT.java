// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static io.jobyard.itests.HostProcess.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.itests.HostProcess.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;

/** What can become of a job, told through {@code bin/jobyard} by one running host. */
public class LifeIT {

    @ClassRule
    public static final HostProcess HOST = new HostProcess().withExamples();

    @BeforeClass
    public static void start() throws Exception {
        HOST.configure("io.jobyard.worker", "cancel.grace.seconds = 1");
        HOST.configure("io.jobyard.scheduler", "retry.base.seconds = 1");
        HandlerJar.writeNoted(HOST);
        HOST.run();
    }

    @Test
    public void aRunningJobIsCancelled() throws Exception {
        String id = submit("sleep {\"millis\":3600000}");
        awaitStatus(id, "running");
        assertThat(HOST.json("job:cancel " + id).at("/errors")).isEmpty();
        JsonNode job = awaitEnd(id);
        assertThat(job.get("status").asText()).isEqualTo("cancelled");
        assertThat(job.get("run").asInt()).isEqualTo(1);
    }

    @Test
    public void aRunBeyondItsTimeoutFails() throws Exception {
        JsonNode job = awaitEnd(submit("sleep {\"millis\":3600000} --timeout 1 --retries 0"));
        assertThat(job.get("status").asText()).isEqualTo("failed");
        assertThat(job.get("reason").asText()).isEqualTo("timeout");
        assertThat(job.get("error").asText()).isNotEmpty();
        assertThat(HOST.json("job:history " + job.get("id").asText())
                        .at("/events/2/stack")
                        .asText())
                .startsWith("java.lang.InterruptedException: ")
                .contains(".Sleep.handle(Sleep.java:");
    }

    @Test
    public void aJobThatFailsTwiceCompletesInItsThirdAttempt() throws Exception {
        String id = submit("flaky {\"failures\":2}");
        JsonNode job = awaitEnd(id);
        assertThat(job.get("status").asText()).isEqualTo("completed");
        assertThat(job.at("/result/attempt").asInt()).isEqualTo(3);
        assertThat(HOST.json("job:log " + id).findValuesAsText("text"))
                .containsExactly("attempt 1 of 2 that fail", "attempt 2 of 2 that fail");
        JsonNode history = HOST.json("job:history " + id);
        assertThat(history.findValuesAsText("to"))
                .containsExactly(
                        "queued",
                        "running",
                        "waiting",
                        "queued",
                        "running",
                        "waiting",
                        "queued",
                        "running",
                        "completed");
        assertThat(history.findValuesAsText("reason"))
                .filteredOn("retry"::equals)
                .hasSize(2);
        assertThat(history.findValuesAsText("why")).anyMatch(why -> why.contains("attempt 2 of 2 that fail"));
        assertThat(history.at("/events/2/stack").asText())
                .startsWith("java.lang.IllegalStateException: attempt 1 of 2 that fail\n"
                        + "    at io.jobyard.handler.examples.Flaky.handle(Flaky.java:");
        assertThat(history.at("/events/8/stack").isNull()).isTrue();
    }

    @Test
    public void whoWaitsSeesTheIdTheAttemptsTheLogAndTheEnd() throws Exception {
        Outcome waited = HOST.jobyard("shell", "job:submit flaky {\"failures\":1} --retries 1 --await");
        assertThat(waited.err()).isEmpty();
        assertThat(waited.out())
                .matches("\\S{36} queued\n"
                        + "attempt 1 started\n"
                        + "log: attempt 1 of 1 that fail\n"
                        + "attempt 1 failed: IllegalStateException: attempt 1 of 1 that fail \\(Flaky.java:\\d+\\);"
                        + " next attempt at \\S+Z\n"
                        + "attempt 2 started\n"
                        + "\\S{36} completed in \\d+ ms at \\S+ \\S+\n\\{\n  \"attempt\" : 2\n}\n");
        assertThat(HOST.jobyard("shell", "job:submit sleep {\"millis\":1500} --await")
                        .out())
                .containsPattern("\nprogress \\d+ %: asleep\n");
    }

    @Test
    public void aHandlerThatComesBackLaterSpendsRunsAndNoAttempts() throws Exception {
        String id = submit("noted " + noted(2, 1, 200) + " --retries 0");
        JsonNode job = awaitEnd(id);
        assertThat(job.get("status").asText()).as(job.toString()).isEqualTo("completed");
        assertThat(job.get("run").asInt()).isEqualTo(4);
        assertThat(job.get("attempt").asInt()).isEqualTo(1);
        JsonNode history = HOST.json("job:history " + id);
        assertThat(history.findValuesAsText("reason").stream().filter(reason -> !reason.equals("null")))
                .containsExactly("sleep", "sleep", "rate limited");
        assertThat(history.findValuesAsText("why"))
                .anyMatch(why -> why.matches("run 2 sleeps; sleeps until \\S+Z"))
                .anyMatch(why -> why.matches("429; comes back at \\S+Z"));
    }

    @Test
    public void jobsThatSleepHoldNoWorker() throws Exception {
        List<String> asleep = new ArrayList<>();
        for (int i = 0; i < 8; i++) { // twice as many as there are workers
            asleep.add(submit("noted " + noted(1, 0, 3_600_000)));
        }
        for (String id : asleep) {
            awaitStatus(id, "waiting");
        }
        JsonNode explanation = HOST.json("job:explain " + asleep.get(0));
        assertThat(explanation.at("/blockedBy/0/gate").asText()).isEqualTo("time");
        assertThat(explanation.at("/blockedBy/0/detail").asText()).contains("released its worker");
        assertThat(HOST.json("job:submit echo {} --await").get("status").asText())
                .isEqualTo("completed");
        assertThat(HOST.json("job:cancel " + String.join(" ", asleep)).at("/errors"))
                .isEmpty();
    }

    private static String noted(int sleeps, int limits, int laterMillis) {
        return "{\"file\":\"" + HOST.instance().resolve("notes.txt") + "\",\"sleeps\":" + sleeps + ",\"limits\":"
                + limits + ",\"laterMillis\":" + laterMillis + "}";
    }

    @Test
    public void aJobThatNobodyHandlesSaysSoAndIsCancelled() throws Exception {
        JsonNode submitted = HOST.json("job:submit nobodys {}");
        assertThat(submitted.at("/warnings/0").asText())
                .isEqualTo("no handler serves type 'nobodys' now: the job waits for one");
        String id = submitted.get("id").asText();
        JsonNode explanation = HOST.json("job:explain " + id);
        assertThat(explanation.get("status").asText()).isEqualTo("queued");
        assertThat(explanation.at("/blockedBy/0/gate").asText()).isEqualTo("handler");
        assertThat(explanation.at("/blockedBy/0/detail").asText()).contains("nobodys");
        HOST.json("job:cancel " + id);
        JsonNode job = awaitEnd(id);
        assertThat(job.get("status").asText()).isEqualTo("cancelled");
        assertThat(job.get("run").asInt()).isZero();
    }

    @Test
    public void aFailedJobThatIsRetriedLivesAgain() throws Exception {
        String id = submit("flaky {\"failures\":1} --retries 0");
        assertThat(awaitEnd(id).get("reason").asText()).isEqualTo("error");
        assertThat(HOST.log())
                .contains(" " + id + " Job " + id
                        + " (flaky) failed in its last attempt: IllegalStateException: attempt 1 of 1 that fail"
                        + " (Flaky.java:34)\n\tjava.lang.IllegalStateException: "
                        + "attempt 1 of 1 that fail\n\t\tat io.jobyard.handler.examples.Flaky.handle");
        assertThat(HOST.json("job:retry " + id).at("/jobs/0/id").asText()).isEqualTo(id);
        JsonNode job = awaitEnd(id);
        assertThat(job.get("status").asText()).isEqualTo("failed");
        assertThat(job.get("run").asInt()).isEqualTo(2);
        assertThat(job.get("attempt").asInt()).isEqualTo(1);
        assertThat(HOST.json("job:history " + id).findValuesAsText("to"))
                .containsExactly("queued", "running", "failed", "queued", "running", "failed");
    }

    @Test
    public void whatIsOverIsNotCancelledAndWhatCompletedIsNotRetried() throws Exception {
        String id = submit("echo {}");
        awaitEnd(id);
        for (String command : new String[] {"job:cancel ", "job:retry "}) {
            Outcome refused = HOST.call(command + id);
            assertThat(refused.exit()).isEqualTo(5);
            assertThat(refused.out()).isEmpty();
            assertThat(refused.err().lines()).hasSize(1);
        }
    }

    @Test
    public void aKeyGivesTheSameJobUntilItIsOver() throws Exception {
        JsonNode first = HOST.json("job:submit sleep {\"millis\":3600000} --key one");
        JsonNode second = HOST.json("job:submit sleep {\"millis\":3600000} --key one");
        assertThat(first.get("duplicate").asBoolean()).isFalse();
        assertThat(second.get("duplicate").asBoolean()).isTrue();
        String id = first.get("id").asText();
        assertThat(second.get("id").asText()).isEqualTo(id);
        HOST.json("job:cancel " + id);
        awaitEnd(id);
        JsonNode third = HOST.json("job:submit echo {} --key one");
        assertThat(third.get("id").asText()).isNotEqualTo(id);
    }

    @Test
    public void aBackupIntoWhatTheHostWorksInIsRefused() throws Exception {
        for (String inside : new String[] {"data/db", "data/db/copy", "data/copy", "data"}) {
            Outcome refused = HOST.call("job:backup " + HOST.instance().resolve(inside));
            assertThat(refused.exit()).isEqualTo(2);
            assertThat(refused.err().lines())
                    .singleElement()
                    .asString()
                    .contains("is in '" + HOST.instance().resolve("data") + "', which the host uses");
        }
        assertThat(HOST.instance().resolve("data/copy")).doesNotExist();
        assertThat(HOST.json("job:backup " + HOST.instance().resolve("copy"))
                        .get("bytes")
                        .asLong())
                .isPositive();
    }

    private static String submit(String job) throws Exception {
        return HOST.json("job:submit " + job).get("id").asText();
    }

    private static JsonNode awaitEnd(String id) throws Exception {
        return HOST.json("job:await " + id + " " + TIMEOUT.toSeconds());
    }

    private static void awaitStatus(String id, String status) {
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(
                                HOST.json("job:show " + id).get("status").asText())
                        .isEqualTo(status));
    }
}
