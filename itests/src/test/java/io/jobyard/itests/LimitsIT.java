// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static io.jobyard.itests.HostProcess.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.After;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.experimental.categories.Category;

/** Queues and limits of a whole host: configured, drawn on, paused, killed. One host for all, and a limit for each. */
public class LimitsIT {

    private static final String LIMITS = "io.jobyard.limits-";
    private static final String CHANGED = LIMITS + "changed";
    private static final String LLM = "io.jobyard.queues-llm";

    @ClassRule
    public static final HostProcess HOST = new HostProcess().withExamples();

    private int before;

    @BeforeClass
    public static void start() throws Exception {
        HOST.configure(LIMITS + "api", "rate.requests = 1/h burst 3", "rate.tokens = 1/h burst 1000");
        HOST.configure("io.jobyard.roles-operators", "members = user:alice", "permissions = operate");
        HOST.run();
    }

    @Before
    public void count() throws Exception {
        before = completed();
    }

    @After
    public void cancelWhatIsLeft() throws Exception {
        for (String status : List.of("queued", "running")) {
            for (String id : HOST.json("job:list --limit 200 --status " + status)
                    .get("jobs")
                    .findValuesAsText("id")) {
                HOST.json("job:cancel " + id);
            }
        }
        if (Files.deleteIfExists(HOST.instance().resolve("etc/" + LLM + ".cfg"))) {
            await().atMost(TIMEOUT).until(() -> queue("llm").isEmpty());
        }
    }

    private static void configureLlm() throws Exception {
        HOST.configure(LLM, "types = sl*", "running.max = 2");
        await().atMost(TIMEOUT).until(() -> queue("llm").isPresent());
    }

    @Test
    @Category(Storm.class)
    public void whatIsDrawnTakenSetAndPausedOutlivesTheKillOfTheHost() throws Exception {
        HOST.json("job:limit set made running.max=1 'budget.usd=10/month warn 80%'");
        HOST.json("job:queue set narrow running.max=3 types=none");
        HOST.json("job:submit echo {} --limits made --estimate usd=9");
        awaitCompleted(1);
        HOST.json("job:limit set cards running.max=3");
        HOST.json("job:submit sleep {\"millis\":3600000} --slots cards=2 --times 3");
        awaitCards();
        HOST.json("job:submit echo {} --limits api --estimate tokens=300 --times 5");
        awaitCompleted(1 + 3);
        HOST.json("job:pause default --reason 'provider down' --as alice");
        HOST.kill();
        HOST.run();

        whatWasDrawnIsDrawnAndWhatWasPausedIsPaused();
        whatWasSetIsSetAndSoftLevelsAreToldOnce();
        HOST.json("job:resume default");
        awaitCards();
        assertThat(cards().get("queued").asInt()).isEqualTo(2);
        HOST.configure(LIMITS + "api", "running.max = 1");
        awaitCompleted(1 + 5);
    }

    private static void whatWasDrawnIsDrawnAndWhatWasPausedIsPaused() throws Exception {
        String id = HOST.json("job:list --type echo --status queued")
                .at("/jobs/0/id")
                .asText();
        JsonNode blockers = HOST.json("job:explain " + id).get("blockedBy");
        assertThat(blockers.findValuesAsText("gate")).containsExactly("paused", "limit", "limit");
        assertThat(blockers.findValuesAsText("detail").get(0))
                .startsWith("queue default, by alice, by administrator ")
                .contains(" since ")
                .endsWith(", \"provider down\"");
        assertThat(blockers.findValuesAsText("detail").get(1)).startsWith("api: requests 0");
        assertThat(blockers.findValuesAsText("detail").get(2))
                .startsWith("api: tokens 100 of 1/h,")
                .contains("with the jobs before it the job needs 600");
    }

    private static void whatWasSetIsSetAndSoftLevelsAreToldOnce() throws Exception {
        JsonNode made = named("job:limits", "limits", "made").orElseThrow();
        assertThat(made.get("source").asText()).isEqualTo("stored");
        assertThat(made.get("runningMax").asInt()).isEqualTo(1);
        assertThat(made.at("/rates/0/warningPassed").asBoolean()).isTrue();
        assertThat(queue("narrow").orElseThrow().get("source").asText()).isEqualTo("stored");
        assertThat(HOST.json("job:doctor").findValuesAsText("subject")).contains("budget of limit made");
        assertThat(HOST.log().lines().filter(line -> line.contains("Warning threshold of limit made")))
                .hasSize(1);
        assertThat(HOST.json("job:audit").findValuesAsText("target")).contains("limit made", "queue narrow");

        HOST.json("job:limit remove made");
        HOST.json("job:queue remove narrow");
        assertThat(queue("narrow")).isEmpty();
    }

    private static void awaitCards() {
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(cards().get("running").asInt()).isEqualTo(1));
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(cards().get("slots").asInt()).isEqualTo(2));
    }

    private static JsonNode cards() throws Exception {
        return named("job:limits", "limits", "cards").orElseThrow();
    }

    @Test
    public void noMoreRunThanAQueueAllowsAndAnotherQueueGoesOn() throws Exception {
        configureLlm();
        HOST.json("job:submit sleep {\"millis\":3600000} --times 5");
        await().atMost(TIMEOUT)
                .until(() -> queue("llm").orElseThrow().get("running").asInt() == 2);
        HOST.json("job:submit echo {} --times 20");
        awaitCompleted(20);
        JsonNode llm = queue("llm").orElseThrow();
        assertThat(llm.get("running").asInt()).isEqualTo(2);
        assertThat(llm.get("queued").asInt()).isEqualTo(3);
        assertThat(llm.at("/blockedBy/0/detail").asText()).isEqualTo("llm: 2 of running.max 2 run");
    }

    @Test
    public void aRateOfARealClockIsNeverExceededAndUsed() throws Exception {
        HOST.configure(LIMITS + "clock", "rate.requests = 100/10s burst 5");
        await().atMost(TIMEOUT).until(() -> HOST.log().contains("rate.requests = 100/10s burst 5"));
        HOST.json("job:submit echo {} --limits clock --label of=clock --times 105");
        awaitCompleted(105);

        List<Instant> starts = StreamSupport.stream(
                        HOST.json("job:list --limit 200 --label of=clock")
                                .get("jobs")
                                .spliterator(),
                        false)
                .map(job -> Instant.parse(job.get("startedAt").asText()))
                .sorted()
                .toList();
        for (int first = 0; first < starts.size(); first++) {
            for (int last = first; last < starts.size(); last++) {
                // a handler's first line comes after the draw, by less than this
                Duration window =
                        Duration.between(starts.get(first), starts.get(last)).plusSeconds(2);
                assertThat(last - first + 1L).isLessThanOrEqualTo(window.toMillis() / 100 + 5);
            }
        }
    }

    @Test
    @Category(Storm.class)
    public void aRateHoldsAtHandlersFirstLinesWhileTheHostIsKilled() throws Exception {
        HandlerJar.writeNoted(HOST);
        HOST.configure(LIMITS + "killed", "rate.requests = 4/s burst 3");
        await().atMost(TIMEOUT).until(() -> HOST.log().contains("rate.requests = 4/s burst 3"));
        Path notes = HOST.instance().resolve("data/notes.txt");
        HOST.json("job:submit noted {\"file\":\"" + notes + "\",\"millis\":20} --limits killed --times 60");
        for (int kills = 0; kills < 3; kills++) {
            int before = Notes.of(notes).runs();
            await().atMost(TIMEOUT).until(() -> Notes.of(notes).runs() >= before + 10);
            HOST.kill();
            HOST.run();
        }
        awaitCompleted(60);

        Notes.of(notes).checkRate(4, 3);
    }

    @Test
    @Category(Storm.class)
    public void aStartedJobHoldsItsValueOverTwoKills() throws Exception {
        HOST.configure(LIMITS + "orders", "key = label.customer", "order = strict");
        await().atMost(TIMEOUT)
                .until(() -> named("job:limits", "limits", "orders").isPresent());
        String submit = " --limits orders --label customer=c-7";
        String first = submitted("flaky {\"failures\":4} --retries 4" + submit);
        String second = submitted("echo {} --priority 1" + submit);
        for (int attempt = 1; attempt <= 2; attempt++) {
            int ended = attempt;
            await().atMost(TIMEOUT)
                    .until(() -> events(first).findValuesAsText("to").stream()
                                    .filter("waiting"::equals)
                                    .count()
                            >= ended);
            HOST.kill();
            HOST.run();
            assertThat(HOST.json("job:explain " + second).get("blockedBy").findValuesAsText("detail"))
                    .contains("orders=c-7: another job has started and not ended (order = strict)");
        }
        awaitCompleted(2);

        assertThat(last(second, "running")).isAfterOrEqualTo(last(first, "completed"));
        assertThat(events(second).findValuesAsText("to")).containsExactly("queued", "running", "completed");
    }

    private static String submitted(String job) throws Exception {
        return HOST.json("job:submit " + job).findValuesAsText("id").get(0);
    }

    private static JsonNode events(String id) throws Exception {
        return HOST.json("job:history " + id).get("events");
    }

    /** Returns the time of the last change to this status. */
    private static Instant last(String id, String status) throws Exception {
        return StreamSupport.stream(events(id).spliterator(), false)
                .filter(event -> event.get("to").asText().equals(status))
                .map(event -> Instant.parse(event.get("at").asText()))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    @Test
    public void changedUnderLoadTheyLoseNothing() throws Exception {
        configureLlm();
        HOST.configure(CHANGED, "running.max = 2");
        HOST.json("job:submit echo {} --limits changed --times 400");
        HOST.json("job:submit sleep {\"millis\":5} --times 100");
        for (int i = 1; i <= 3; i++) {
            HOST.configure(CHANGED, "running.max = " + i, "rate.requests = " + 1000 * i + "/s");
            HOST.configure(LLM, "types = e*,sl*", "running.max = " + (1 + i), "rate = 1000/s burst " + i);
            HOST.json("job:submit echo {} --limits changed --times 20");
            Files.delete(HOST.instance().resolve("etc/" + CHANGED + ".cfg"));
            HOST.json("job:submit echo {} --limits changed --times 20");
            HOST.configure(LLM, "running.max = none");
            HOST.configure(CHANGED, "running.max = " + (4 - i));
        }
        Files.delete(HOST.instance().resolve("etc/" + LLM + ".cfg"));
        awaitCompleted(620);
        assertThat(queue("default").orElseThrow().get("running").asInt()).isZero();
        assertThat(named("job:limits", "limits", "changed")
                        .orElseThrow()
                        .get("running")
                        .asInt())
                .isZero();
    }

    @Test
    public void anAdaptiveLimitGrowsWithItsRunsAndHalvesOnATimeout() throws Exception {
        HOST.configure(LIMITS + "steady", "adaptive = 2..4", "adaptive.latency.seconds = 60");
        await().atMost(TIMEOUT).until(() -> level("steady") == 2);
        HOST.json("job:submit sleep {\"millis\":100} --limits steady --times 12");
        awaitCompleted(12);
        assertThat(level("steady")).isEqualTo(4);

        HOST.json("job:submit sleep {\"millis\":3600000} --limits steady --timeout 1 --retries 1");
        await().atMost(TIMEOUT).until(() -> level("steady") == 2);
    }

    /** Returns the maximum number of runs of a limit; 0 if it is not configured yet. */
    private static int level(String limit) throws Exception {
        return named("job:limits", "limits", limit)
                .map(shown -> shown.get("runningMax").asInt())
                .orElse(0);
    }

    @Test
    public void aBadOneIsShutAndToldByTheDoctorUntilItIsMended() throws Exception {
        HOST.configure("io.jobyard.limits-gpu", "running.max = many");
        HOST.json("job:submit echo {} --limits gpu,typo");
        await().atMost(TIMEOUT)
                .until(
                        () -> HOST.json("job:doctor").findValuesAsText("subject"),
                        subjects -> subjects.containsAll(List.of("io.jobyard.limits-gpu", "limit typo")));
        assertThat(HOST.json("job:doctor").findValuesAsText("problem").toString())
                .contains("invalid running.max: use a whole number from 1 to 100000");

        HOST.configure("io.jobyard.limits-gpu", "running.max = 1");
        HOST.configure("io.jobyard.limits-typo", "running.max = 1");
        awaitCompleted(1);
    }

    private static Optional<JsonNode> queue(String name) throws Exception {
        return named("job:queues", "queues", name);
    }

    private static Optional<JsonNode> named(String command, String all, String name) throws Exception {
        return StreamSupport.stream(HOST.json(command).get(all).spliterator(), false)
                .filter(one -> one.get("name").asText().equals(name))
                .findFirst();
    }

    private static int completed() throws Exception {
        return HOST.json("job:stats").at("/byStatus/completed").asInt();
    }

    /** So many of this test. */
    private void awaitCompleted(int count) {
        await().atMost(Duration.ofMinutes(3))
                .untilAsserted(() -> assertThat(completed()).isEqualTo(before + count));
    }
}
