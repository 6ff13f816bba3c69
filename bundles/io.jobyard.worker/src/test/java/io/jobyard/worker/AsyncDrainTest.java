// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.JobId;
import io.jobyard.spi.running.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A host that stops with 10,000 asynchronous runs in flight. */
@Timeout(60)
class AsyncDrainTest {

    private static final int RUNS = 10_000;
    private static final Duration SOON = Duration.ofSeconds(WorkerSettings.DRAIN_SECONDS);
    private static final Outcome BACK = new Outcome.GivenBack("its handler left or the host stopped");

    private final WorkerFixture workers = new WorkerFixture();
    private final Queue<CompletableFuture<Map<String, Object>>> stages = new ConcurrentLinkedQueue<>();

    private final AtomicInteger quarantines = new AtomicInteger();

    @AfterEach
    void stop() {
        workers.end();
    }

    @Test
    void itGivesThemAllBackSoon() {
        assertThat(stop(stage -> stage)).isLessThan(SOON);
    }

    @Test
    void itGivesThemAllBackSoonIfTheyIgnoreTheirEnd() {
        assertThat(stop(CompletableFuture::minimalCompletionStage)).isLessThan(SOON);
        assertThat(workers.pool.stuckRuns()).hasSize(RUNS);
        assertThat(quarantines).as("changes that every lane looks at").hasValue(1);
    }

    private Duration stop(
            Function<CompletableFuture<Map<String, Object>>, CompletionStage<Map<String, Object>>> shown) {
        workers.handle("async", new StagedHandler(context -> {
            CompletableFuture<Map<String, Object>> stage = new CompletableFuture<>();
            stages.add(stage);
            return shown.apply(stage);
        }));
        workers.settings = new WorkerSettings(4, RUNS, Long.MAX_VALUE, 0, 1, 0, 0);
        workers.quarantine.onChange(quarantines::incrementAndGet);
        workers.pool.resize();
        List<JobId> ids = workers.give(RUNS, "async");
        await().until(() ->
                stages.size() == RUNS && workers.pool.activeRuns().stream().allMatch(Run::goesOn));

        long begun = System.nanoTime();
        workers.supervisor.stop();
        Duration took = Duration.ofNanos(System.nanoTime() - begun);

        assertThat(ids).allSatisfy(id -> assertThat(workers.outcomes(id)).containsExactly(BACK));
        return took;
    }
}
