// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Short jobs of the highest priority, submitted at a steady pace beside other jobs. */
final class UrgentJobs implements AutoCloseable {

    private static final long PAUSE_MILLIS = 200;

    private final HostProcess host;
    private final Dialogue dialogue;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledFuture<?> submits;
    private final List<String> ids = new ArrayList<>();

    UrgentJobs(HostProcess host) throws IOException {
        this.host = host;
        dialogue = host.dialogue();
        submits = clock.scheduleAtFixedRate(this::submit, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void submit() {
        ids.add(dialogue.answer("job:submit echo {} --priority 1").get("id").asText());
    }

    /** Submits no more, and returns the times from submit to start in milliseconds, shortest first. */
    List<Double> waits() throws IOException, InterruptedException {
        assertThat(submits.isDone()).as("a submit failed").isFalse();
        clock.shutdown();
        assertThat(clock.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        dialogue.answer("job:await " + ids.get(ids.size() - 1));
        List<JsonNode> jobs = host.json(ids.stream().map(id -> "job:show " + id).toList());
        jobs.stream().max(Comparator.comparing(UrgentJobs::millisToStart)).ifPresent(this::print);
        return jobs.stream().map(UrgentJobs::millisToStart).sorted().toList();
    }

    /** Prints the changes of the slowest job, which show where it waited. */
    private void print(JsonNode slowest) {
        System.out.printf("the slowest urgent job took %.1f ms:%n", millisToStart(slowest));
        dialogue.answer("job:history " + slowest.get("id").asText())
                .get("events")
                .forEach(event -> System.out.println(
                        "  " + event.get("at").asText() + " " + event.get("to").asText()));
    }

    /** Returns a percentile of sorted values. */
    static double percentile(List<Double> sorted, int percent) {
        return sorted.get((sorted.size() * percent + 99) / 100 - 1);
    }

    private static double millisToStart(JsonNode job) {
        Instant created = Instant.parse(job.get("createdAt").asText());
        Instant started = Instant.parse(job.get("startedAt").asText());
        return Duration.between(created, started).toNanos() / 1e6;
    }

    @Override
    public void close() {
        clock.shutdownNow();
        dialogue.close();
    }
}
