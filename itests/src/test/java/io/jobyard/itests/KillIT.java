// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;

/** kill -9 again and again, at moments that chance picks; {@code -Dseed=N} picks the same ones again. */
public class KillIT {

    private static final int KILLS = 10;
    private static final int REQUESTS = 100;
    private static final int LONGEST_MILLIS = 1_500;

    @Rule
    public final HostProcess host = new HostProcess();

    @Rule
    public final HostProcess restored = new HostProcess();

    @Test
    public void whatWasAcknowledgedEndsAsItShouldWhateverIsKilled() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("KillIT: seed " + seed);
        Random random = new Random(seed);
        Path notes = host.instance().resolve("notes.txt");
        Path backup = host.instance().resolve("backup");
        Load load = new Load(random, notes);
        List<String> inBackup = List.of();
        prepare(host);
        for (int i = 0; i < KILLS; i++) {
            host.start();
            try (Dialogue dialogue = host.dialogue()) {
                assertThat(dialogue.ask("job:stats")).isPresent(); // the client is up: chance counts from here
                if (i == KILLS / 2) {
                    inBackup = List.copyOf(load.jobs());
                    CompletableFuture<Void> meanwhile =
                            CompletableFuture.runAsync(() -> load.press(dialogue, REQUESTS));
                    host.json("job:backup " + backup);
                    meanwhile.join();
                }
                CompletableFuture<Void> death = CompletableFuture.runAsync(
                        host::kill,
                        CompletableFuture.delayedExecutor(random.nextInt(LONGEST_MILLIS), TimeUnit.MILLISECONDS));
                load.press(dialogue, REQUESTS);
                death.join();
            }
        }
        Story story = end(host);
        tell(seed, load, story, Notes.of(notes));
        endedAsAsked(load, story);
        Notes.of(notes).check(story.histories());

        prepare(restored);
        restored.restore(backup);
        assertThat(end(restored).jobs()).containsKeys(inBackup.toArray(String[]::new));
    }

    private static void prepare(HostProcess host) throws Exception {
        host.configure("io.jobyard.worker", "cancel.grace.seconds = 1");
        host.configure("io.jobyard.scheduler", "retry.base.seconds = 1");
        HandlerJar.writeNoted(host);
    }

    /** The checked story of all jobs, once each has come to its end. */
    private static Story end(HostProcess host) throws Exception {
        host.start();
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> open(host.json("job:stats").get("byStatus")) == 0);
        Story story = Story.of(host);
        story.check();
        return story;
    }

    private static int open(JsonNode counts) {
        return Stream.of("waiting", "queued", "running")
                .mapToInt(status -> counts.path(status).asInt())
                .sum();
    }

    private static void endedAsAsked(Load load, Story story) {
        assertThat(story.jobs()).containsKeys(load.jobs().toArray(String[]::new));
        assertThat(load.cancelled())
                .allSatisfy(id ->
                        assertThat(story.jobs().get(id).get("status").asText()).isEqualTo("cancelled"));
        story.jobs().forEach((id, job) -> {
            if (!load.cancelAsked().contains(id) && !job.get("reason").asText().matches("crash|dependency")) {
                assertThat(job.get("status").asText()).as(job.toString()).isEqualTo(expected(job));
            }
        });
    }

    private static String expected(JsonNode job) {
        boolean times = job.get("timeoutSeconds").asInt() == 1;
        return times || job.at("/payload/failures").asInt() > 1 ? "failed" : "completed";
    }

    private static void tell(long seed, Load load, Story story, Notes notes) {
        Map<String, Long> ends = story.jobs().values().stream()
                .collect(Collectors.groupingBy(
                        job -> (job.get("status").asText() + " "
                                        + job.get("reason").asText(""))
                                .strip(),
                        Collectors.counting()));
        System.out.println(
                "KillIT: seed " + seed + ", " + KILLS + " kills, " + load.jobs().size() + " jobs and "
                        + load.cancelled().size() + " cancels and " + load.retried() + " retries acknowledged, "
                        + story.jobs().size() + " jobs stored, "
                        + story.starts() + " runs, " + story.losses() + " of them lost, " + notes.runs()
                        + " noted by handlers, " + ends);
    }
}
