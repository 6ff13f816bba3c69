// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.JobId;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.running.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs that are told to end because their job is cancelled. */
@Timeout(60)
class CancelRunTest {

    private static final int RUN = WorkerFixture.RUN;

    private final WorkerFixture workers = new WorkerFixture();

    @AfterEach
    void stop() {
        workers.end();
    }

    @Test
    void aRunInItsHandlerIsInterruptedAndEndsCancelled() {
        workers.handle("work", workers::waitForExit);
        workers.pool.resize();
        JobId id = workers.begin("work");

        workers.commitCancel(id, RUN - 1); // an earlier run of the job is no concern of this one
        workers.watch.look();
        assertThat(workers.outcomes(id)).isEmpty();
        workers.commitCancel(id, RUN);

        workers.awaitOutcome(id, new Outcome.Cancelled());
        workers.commitCancel(id, RUN);
    }

    @Test
    void aRunThatWaitsForAThreadNeverReachesItsHandler() {
        workers.handle("work", context -> {
            workers.inside.incrementAndGet();
            return Map.of();
        });
        JobId id = workers.give(1, "work").get(0);
        workers.commitCancel(id, RUN);
        workers.pool.resize();

        workers.awaitOutcome(id, new Outcome.Cancelled());
        assertThat(workers.inside.get()).isZero();
    }

    @Test
    void aRunThatIsStillOnItsWayIsCancelledWhenItComes() {
        workers.handle("work", context -> {
            workers.inside.incrementAndGet();
            return Map.of();
        });
        workers.pool.resize();
        Assignment early = workers.assignment("work");
        Assignment other = workers.assignment("work");
        workers.commitCancel(early.stored().id(), RUN);
        workers.commitCancel(other.stored().id(), RUN - 1);

        workers.pool.accept(List.of(early, other));

        await().until(() -> workers.outcomes.size() == 2);
        assertThat(workers.outcomes(early.stored().id())).containsExactly(new Outcome.Cancelled());
        assertThat(workers.outcomes(other.stored().id())).containsExactly(new Outcome.Completed("{}"));
        assertThat(workers.inside.get()).isEqualTo(1);
    }

    @Test
    void aRunThatIgnoresItsInterruptIsRecordedAfterTheGrace() {
        workers.handle("stubborn", workers::ignoreInterrupts);
        workers.pool.resize();
        JobId id = workers.begin("stubborn");
        workers.commitCancel(id, RUN);
        workers.watch.look();
        assertThat(workers.outcomes(id)).isEmpty();
        assertThat(workers.pool.run(id).orElseThrow().ending())
                .startsWith("interrupted at 2030-01-01T")
                .endsWith("Z: its job was cancelled");

        workers.pass(Duration.ofSeconds(1));
        workers.watch.look();

        assertThat(workers.outcomes(id)).containsExactly(new Outcome.Cancelled());
        assertThat(workers.pool.stuckRuns()).extracting(Run::id).containsExactly(id);
        workers.exit.release();
        await().until(() -> workers.pool.stuckRuns().isEmpty());
        assertThat(workers.outcomes(id)).hasSize(1);
    }

    @Test
    void aCancelAfterATimeoutChangesNothing() {
        workers.handle("work", workers::ignoreInterrupts);
        workers.pool.resize();
        JobId id = workers.begin("work");
        workers.pass(WorkerFixture.TIMEOUT);
        workers.watch.look();
        workers.commitCancel(id, RUN);
        workers.exit.release();

        workers.awaitOutcome(id, new Outcome.TimedOut(WorkerFixture.TIMEOUT));
    }

    @Test
    void theCancelOfARunThatAnEndedHostHadDoesNotReachTheOneOfTheSameNumberHere() {
        workers.handle("work", workers::waitForExit);
        workers.pool.resize();
        UUID ended = new UUID(0, 99);
        Assignment early = workers.assignment("work");
        workers.commitCancel(early.stored().id(), RUN, ended);
        workers.pool.accept(List.of(early));
        workers.awaitInside(1);

        workers.commitCancel(early.stored().id(), RUN, ended);

        assertThat(workers.pool.run(early.stored().id()).orElseThrow().ending()).isNull();
        workers.exit.release();
        await().until(() -> !workers.outcomes(early.stored().id()).isEmpty());
        assertThat(workers.outcomes(early.stored().id())).containsExactly(new Outcome.Completed("{}"));
    }

    @Test
    void aCancelReachesTheRunWheneverItIsStoredAfterTheStart() throws Exception {
        workers.handle("work", context -> {
            workers.exit.acquire(); // until the cancel interrupts it
            return Map.of();
        });
        workers.pool.resize();
        for (int round = 0; round < 1_000; round++) {
            Assignment started = workers.assignment("work");
            Thread store =
                    new Thread(() -> workers.commitCancel(started.stored().id(), RUN));
            store.start();
            workers.pool.accept(List.of(started));
            store.join();
        }
        await().until(() -> workers.outcomes.size() == 1_000);
        assertThat(workers.outcomes.values())
                .allSatisfy(all -> assertThat(all).containsExactly(new Outcome.Cancelled()));
    }
}
