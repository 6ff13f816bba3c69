// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.JobId;
import io.jobyard.api.handler.AsyncJobHandler;
import io.jobyard.api.handler.JobContext;
import io.jobyard.spi.jobs.Slots;
import io.jobyard.spi.running.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Asynchronous handlers that block the thread that begins their runs. */
@Timeout(60)
class BlockedStartersTest {

    private static final int STARTERS = 4;

    private final WorkerFixture workers = new WorkerFixture();

    @BeforeEach
    void handle() {
        handle("blocks", this::block);
        handle("ready", context -> CompletableFuture.completedFuture(Map.of()));
        workers.pool.resize();
    }

    @AfterEach
    void stop() {
        workers.end();
    }

    @Test
    void handlersThatBlockHoldUpOtherStartsForASecond() {
        List<JobId> blocked = block(STARTERS);
        JobId other = workers.give(1, "ready").get(0);
        watchAfter(Duration.ofMillis(999));
        assertThat(workers.outcomes(other)).isEmpty();

        watchAfter(Duration.ofMillis(1));

        workers.awaitOutcome(other, new Outcome.Completed("{}"));
        assertThat(blocked).allSatisfy(id -> assertThat(workers.outcomes(id)).isEmpty());
        workers.exit.release(STARTERS);
        blocked.forEach(id -> workers.awaitOutcome(id, new Outcome.Completed("{\"n\":1}")));
    }

    @Test
    void theDoctorNamesTheHandlerAndItsStackUntilItReturns() {
        JobId id = block(2).get(0);
        watchAfter(Duration.ofMillis(999));
        assertThat(ThreadFindings.of(workers.pool, workers.handlers)).isEmpty();
        watchAfter(Duration.ofMillis(1));
        assertThat(ThreadFindings.of(workers.pool, workers.handlers))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.subject()).isEqualTo("worker");
                    assertThat(finding.problem())
                            .startsWith(
                                    "asynchronous handler blocks 1.0.0 (test 1.0.0) blocks 2 of the threads that begin runs,"
                                            + " in job " + id + " since 2030-01-01T00:00:00Z, at ")
                            .contains(" < io.jobyard.worker.BlockedStartersTest.block(BlockedStartersTest.java:")
                            .doesNotContain("StagedHandler");
                });

        workers.exit.release(2);

        await().until(() -> ThreadFindings.of(workers.pool, workers.handlers).isEmpty());
    }

    @Test
    void theThreadOfAReplacedStarterEndsWithItsHandle() {
        block(1);
        Thread dismissed = workers.pool.activeRuns().get(0).thread();
        watchAfter(Duration.ofSeconds(1));
        assertThat(dismissed.isAlive()).isTrue();
        workers.exit.release(1);
        await().until(() -> !dismissed.isAlive());
        assertThat(workers.pool.threads()).hasSize(2 + STARTERS).doesNotContain(dismissed);
    }

    @Test
    void aTimeoutReachesAThreadThatWasReplaced() {
        JobId id = block(1).get(0);
        watchAfter(Duration.ofSeconds(1));
        watchAfter(WorkerFixture.TIMEOUT.minusSeconds(1));
        workers.awaitOutcome(id, new Outcome.TimedOut(WorkerFixture.TIMEOUT));
        workers.awaitInside(0);
    }

    @Test
    void aCancelReachesAThreadThatWasReplaced() {
        JobId id = block(1).get(0);
        watchAfter(Duration.ofSeconds(1));
        workers.commitCancel(id, WorkerFixture.RUN);
        workers.awaitOutcome(id, new Outcome.Cancelled());
        workers.awaitInside(0);
    }

    @Test
    void aHostWhoseStartersAreAllBlockedTakesNoMoreUntilOneReturns() throws Exception {
        int most = SlotThreads.MOST_REPLACED + STARTERS;
        for (int n = 0; n < most; n += STARTERS) {
            assertThat(workers.pool.room().async()).isPositive();
            block(STARTERS);
            watchAfter(Duration.ofSeconds(1));
        }
        assertThat(workers.pool.room()).isEqualTo(new Slots(2, 0));
        assertThat(workers.pool.size()).isEqualTo(new Slots(2, 0));
        assertThat(workers.pool.threads()).hasSize(2 + most);
        JobId waiting = workers.give(1, "ready").get(0);
        watchAfter(Duration.ofMillis(201));
        workers.awaitOutcome(waiting, new Outcome.GivenBack("claimed and not begun"));

        workers.exit.release(1);

        await().until(() -> workers.pool.room().async() > 0);
        workers.awaitOutcome(workers.give(1, "ready").get(0), new Outcome.Completed("{}"));
    }

    @Test
    void aStuckStarterLeavesItsSlotAndCountsAsReplaced() {
        handle("stubborn", context -> {
            workers.ignoreInterrupts(context);
            return CompletableFuture.completedFuture(Map.of());
        });
        JobId id = workers.begin("stubborn");
        workers.overdue();
        assertThat(workers.outcomes(id)).containsExactly(new Outcome.TimedOut(WorkerFixture.TIMEOUT));
        assertThat(workers.pool.size()).isEqualTo(new Slots(2, 1_000));
        assertThat(ThreadFindings.of(workers.pool, workers.handlers))
                .singleElement()
                .satisfies(finding -> assertThat(finding.problem())
                        .startsWith("thread jobyard-starter-")
                        .contains(" is stuck in job " + id));
        block(STARTERS);
    }

    @Test
    void aHostThatStopsInterruptsRunsOnReplacedThreads() {
        List<JobId> ids = block(STARTERS);
        watchAfter(Duration.ofSeconds(1));
        workers.supervisor.stop();
        ids.forEach(id -> assertThat(workers.outcomes(id))
                .containsExactly(new Outcome.GivenBack("its handler left or the host stopped")));
        assertThat(workers.pool.threads()).noneMatch(Thread::isAlive);
    }

    private CompletionStage<Map<String, Object>> block(JobContext context) throws InterruptedException {
        workers.waitForExit(context);
        return CompletableFuture.completedFuture(Map.of("n", 1));
    }

    /** Begins runs that block their threads. */
    private List<JobId> block(int count) {
        int before = workers.inside.get();
        List<JobId> ids = workers.give(count, "blocks");
        workers.awaitInside(before + count);
        return ids;
    }

    private void watchAfter(Duration time) {
        workers.pass(time);
        workers.watch.look();
    }

    private Handler handle(String type, AsyncJobHandler async) {
        return workers.handle(type, new StagedHandler(async));
    }
}
