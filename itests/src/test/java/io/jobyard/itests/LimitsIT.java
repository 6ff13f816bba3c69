// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static io.jobyard.itests.HostProcess.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** Queues and limits of a whole host: configured, drawn on, paused, killed. */
public class LimitsIT {

    private static final String API = "io.jobyard.limits-api";
    private static final String LLM = "io.jobyard.queues-llm";

    @Rule
    public final HostProcess host = new HostProcess();

    @Before
    public void start() throws Exception {
        host.configure(API, "rate.requests = 1/h burst 3", "rate.tokens = 1/h burst 1000");
        host.configure("io.jobyard.roles-operators", "members = user:alice", "permissions = operate");
        host.configure(LLM, "types = sl*", "running.max = 2");
        host.start();
    }

    @Test
    public void whatIsDrawnAndPausedOutlivesTheKillOfTheHost() throws Exception {
        host.json("job:submit echo {} --limits api --estimate tokens=300 --times 5");
        awaitCompleted(3);
        host.json("job:pause default --reason 'provider down' --as alice");
        host.kill();
        host.start();

        String id = host.json("job:list --status queued").at("/jobs/0/id").asText();
        JsonNode blockers = host.json("job:explain " + id).get("blockedBy");
        assertThat(blockers.findValuesAsText("gate")).containsExactly("paused", "limit", "limit");
        assertThat(blockers.findValuesAsText("detail").get(0))
                .startsWith("queue default, by alice, by administrator ")
                .contains(" since ")
                .endsWith(", \"provider down\"");
        assertThat(blockers.findValuesAsText("detail").get(1)).startsWith("api: requests 0");
        assertThat(blockers.findValuesAsText("detail").get(2))
                .startsWith("api: tokens 100 of 1/h,")
                .contains("with those before it the job needs 600");

        host.json("job:resume default");
        host.configure(API, "running.max = 1");
        awaitCompleted(5);
    }

    @Test
    public void noMoreRunThanAQueueAllowsAndAnotherQueueGoesOn() throws Exception {
        host.json("job:submit sleep {\"millis\":3600000} --times 5");
        await().atMost(PATIENCE).until(() -> queue("llm").get("running").asInt() == 2);
        host.json("job:submit echo {} --times 20");
        awaitCompleted(20);
        JsonNode llm = queue("llm");
        assertThat(llm.get("running").asInt()).isEqualTo(2);
        assertThat(llm.get("queued").asInt()).isEqualTo(3);
        assertThat(llm.at("/blockedBy/0/detail").asText()).isEqualTo("llm: 2 of running.max 2 run");
    }

    @Test
    public void aRateOfARealClockIsNeverExceededAndUsed() throws Exception {
        host.configure(API, "rate.requests = 100/10s burst 5");
        await().atMost(PATIENCE).until(() -> host.log().contains("rate.requests = 100/10s burst 5"));
        host.json("job:submit echo {} --limits api --times 105");
        awaitCompleted(105);

        List<Instant> starts = StreamSupport.stream(
                        host.json("job:list --limit 200").get("jobs").spliterator(), false)
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
    public void aRateHoldsAtHandlersFirstLinesWhileTheHostIsKilled() throws Exception {
        HandlerJar.writeNoted(host);
        host.configure(API, "rate.requests = 4/s burst 3");
        await().atMost(PATIENCE).until(() -> host.log().contains("rate.requests = 4/s burst 3"));
        Path notes = host.instance().resolve("data/notes.txt");
        host.json("job:submit noted {\"file\":\"" + notes + "\",\"millis\":20} --limits api --times 60");
        for (int kills = 0; kills < 3; kills++) {
            int before = Notes.of(notes).runs();
            await().atMost(PATIENCE).until(() -> Notes.of(notes).runs() >= before + 10);
            host.kill();
            host.start();
        }
        awaitCompleted(60);

        Notes.of(notes).checkRate(4, 3);
    }

    @Test
    public void changedUnderLoadTheyLoseNothing() throws Exception {
        host.configure(API, "running.max = 2");
        host.json("job:submit echo {} --limits api --times 400");
        host.json("job:submit sleep {\"millis\":5} --times 100");
        for (int i = 1; i <= 3; i++) {
            host.configure(API, "running.max = " + i, "rate.requests = " + 1000 * i + "/s");
            host.configure(LLM, "types = e*,sl*", "running.max = " + (1 + i), "rate = 1000/s burst " + i);
            host.json("job:submit echo {} --limits api --times 20");
            Files.delete(host.instance().resolve("etc/" + API + ".cfg"));
            host.json("job:submit echo {} --limits api --times 20");
            host.configure(LLM, "running.max = none");
            host.configure(API, "running.max = " + (4 - i));
        }
        Files.delete(host.instance().resolve("etc/" + LLM + ".cfg"));
        awaitCompleted(620);
        assertThat(queue("default").get("running").asInt()).isZero();
        assertThat(host.json("job:limits").at("/limits/0/running").asInt()).isZero();
    }

    @Test
    public void aBadOneIsShutAndToldByTheDoctorUntilItIsMended() throws Exception {
        host.configure("io.jobyard.limits-gpu", "running.max = many");
        host.json("job:submit echo {} --limits gpu,typo");
        await().atMost(PATIENCE)
                .until(
                        () -> host.json("job:doctor").findValuesAsText("subject"),
                        subjects -> subjects.containsAll(List.of("io.jobyard.limits-gpu", "limit typo")));
        assertThat(host.json("job:doctor").findValuesAsText("problem").toString())
                .contains("running.max = many is refused: use a whole number from 1 to 100000");

        host.configure("io.jobyard.limits-gpu", "running.max = 1");
        host.configure("io.jobyard.limits-typo", "running.max = 1");
        awaitCompleted(1);
    }

    private JsonNode queue(String name) throws Exception {
        return StreamSupport.stream(host.json("job:queues").get("queues").spliterator(), false)
                .filter(queue -> queue.get("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void awaitCompleted(int count) {
        await().atMost(Duration.ofMinutes(3))
                .untilAsserted(() -> assertThat(
                                host.json("job:stats").at("/byStatus/completed").asInt())
                        .isEqualTo(count));
    }
}
