// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.JobId;
import io.jobyard.api.spi.Assignment;
import io.jobyard.api.spi.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs that are told to end because their job is cancelled. */
@Timeout(60)
class CancelRunTest {

    private static final int RUN = 3;

    private final Floor floor = new Floor();
    private final AtomicInteger inside = new AtomicInteger();
    private final Semaphore exit = new Semaphore(0);

    @AfterEach
    void stop() {
        exit.release(10_000);
        floor.pool.stop();
    }

    @Test
    void aRunInItsHandlerIsInterruptedAndEndsCancelled() {
        floor.handle("work", context -> {
            inside.incrementAndGet();
            exit.acquire();
            return Map.of();
        });
        floor.pool.resize();
        JobId id = floor.give(1, "work").get(0);
        await().until(() -> inside.get() == 1);

        floor.pool.cancel(id, RUN - 1); // an earlier run of the job is no concern of this one
        floor.pool.watch();
        assertThat(floor.outcomes(id)).isEmpty();
        floor.pool.cancel(id, RUN);

        await().until(() -> !floor.outcomes(id).isEmpty());
        assertThat(floor.outcomes(id)).containsExactly(new Outcome.Cancelled());
        floor.pool.cancel(id, RUN);
    }

    @Test
    void aRunThatWaitsForAThreadNeverReachesItsHandler() {
        floor.handle("work", context -> {
            inside.incrementAndGet();
            return Map.of();
        });
        JobId id = floor.give(1, "work").get(0);
        floor.pool.cancel(id, RUN);
        floor.pool.resize();

        await().until(() -> !floor.outcomes(id).isEmpty());
        assertThat(floor.outcomes(id)).containsExactly(new Outcome.Cancelled());
        assertThat(inside.get()).isZero();
    }

    @Test
    void aRunThatIsStillOnItsWayIsCancelledWhenItComes() {
        floor.handle("work", context -> {
            inside.incrementAndGet();
            return Map.of();
        });
        floor.pool.resize();
        Assignment early = floor.assignment("work");
        Assignment other = floor.assignment("work");
        floor.pool.cancel(early.stored().id(), RUN);
        floor.pool.cancel(other.stored().id(), RUN - 1);

        floor.pool.accept(List.of(early, other));

        await().until(() -> floor.outcomes.size() == 2);
        assertThat(floor.outcomes(early.stored().id())).containsExactly(new Outcome.Cancelled());
        assertThat(floor.outcomes(other.stored().id())).containsExactly(new Outcome.Completed("{}"));
        assertThat(inside.get()).isEqualTo(1);
    }

    @Test
    void aRunThatIgnoresItsInterruptIsRecordedAfterTheGrace() {
        floor.handle("stubborn", context -> {
            inside.incrementAndGet();
            exit.acquireUninterruptibly();
            inside.decrementAndGet();
            return Map.of();
        });
        floor.pool.resize();
        JobId id = floor.give(1, "stubborn").get(0);
        await().until(() -> inside.get() == 1);
        floor.pool.cancel(id, RUN);
        floor.pool.watch();
        assertThat(floor.outcomes(id)).isEmpty();
        assertThat(floor.pool.run(id).orElseThrow().ending())
                .startsWith("interrupted at 2030-01-01T")
                .endsWith("Z: its job is to be cancelled");

        floor.pass(Duration.ofSeconds(1));
        floor.pool.watch();

        assertThat(floor.outcomes(id)).containsExactly(new Outcome.Cancelled());
        assertThat(floor.pool.stuckRuns()).extracting(Run::id).containsExactly(id);
        exit.release();
        await().until(() -> floor.pool.stuckRuns().isEmpty());
        assertThat(floor.outcomes(id)).hasSize(1);
    }

    @Test
    void aCancelAfterATimeoutChangesNothing() {
        floor.handle("work", context -> {
            inside.incrementAndGet();
            exit.acquireUninterruptibly();
            return Map.of();
        });
        floor.pool.resize();
        JobId id = floor.give(1, "work").get(0);
        await().until(() -> inside.get() == 1);
        floor.pass(Floor.TIMEOUT);
        floor.pool.watch();
        floor.pool.cancel(id, RUN);
        exit.release();

        await().until(() -> !floor.outcomes(id).isEmpty());
        assertThat(floor.outcomes(id)).containsExactly(new Outcome.TimedOut(Floor.TIMEOUT));
    }
}
