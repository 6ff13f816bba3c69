// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.JobId;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.spi.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Handlers that ignore interrupts: what the host still does, and what it tells. */
@Timeout(60)
class StuckThreadsTest {

    private static final Duration GRACE = Duration.ofSeconds(1);

    private final WorkerFixture workers = new WorkerFixture();
    private final AtomicInteger inside = new AtomicInteger();
    private final Semaphore exit = new Semaphore(0);

    @AfterEach
    void stop() {
        exit.release(10_000);
        workers.pool.stop();
    }

    @Test
    void onceAsManyAreStuckAsThereAreWorkersTheirBundlesAreSetAside() {
        workers.handle("stubborn", this::ignoreInterrupts);
        workers.handle("work", context -> Map.of());
        workers.pool.resize();
        stick(1);
        assertThat(workers.heldBundles).isEmpty();
        stick(1);
        assertThat(workers.heldBundles).containsExactly("test 1.0.0");

        List<JobId> others = workers.give(20, "work"); // the host works on
        await().until(() -> others.stream().noneMatch(id -> workers.outcomes(id).isEmpty()));
    }

    @Test
    void aStuckThreadThatWasNotReplacedIsOnceAnotherHasComeBack() throws Exception {
        workers.handle("stubborn", this::ignoreInterrupts);
        workers.pool.resize();
        stick(2);
        stick(2);
        assertThat(workers.pool.awaitRoom(Duration.ofMillis(10))).isZero();

        exit.release(1);

        await().until(() -> workers.pool.stuckRuns().size() == 3);
        await().until(() -> workers.pool.awaitRoom(Duration.ZERO) >= 1);
    }

    @Test
    void theDoctorTellsWhichThreadIsStuckInWhatSinceWhenAndInWhichBundle() {
        workers.handle("stubborn", this::ignoreInterrupts);
        workers.pool.resize();
        JobId id = stick(1).get(0);

        Run run = workers.pool.stuckRuns().get(0);

        assertThat(StuckFinding.of(run).subject()).isEqualTo("worker");
        assertThat(StuckFinding.of(run).problem())
                .isEqualTo("thread " + run.thread().getName() + " is stuck in job " + id + " since "
                        + WorkerFixture.START.plus(WorkerFixture.TIMEOUT) + ", handler stubborn 1.0.0 (test 1.0.0)");
        assertThat(run.thread().getName()).startsWith("jobyard-worker-");
    }

    @Test
    void aHandlerThatLeavesDoesNotWaitForAStuckThread() throws Exception {
        Handler handler = workers.handle("stubborn", this::ignoreInterrupts);
        workers.pool.resize();
        stick(1);
        assertThat(handler.info("active").running()).isZero();
        assertThat(handler.runs.drain(Duration.ofHours(1), Duration.ofHours(1))).isZero();
    }

    @Test
    void whatDoesNotEndWhenTheHostStopsGoesBackUncounted() {
        workers.handle("stubborn", this::ignoreInterrupts);
        workers.pool.resize();
        JobId id = workers.give(1, "stubborn").get(0);
        await().until(() -> inside.get() == 1);

        workers.pool.stop();

        assertThat(workers.outcomes(id)).containsExactly(new Outcome.GivenBack("its handler left or the host stopped"));
    }

    @Test
    void aThreadThatHangsWhileItHandsItsOutcomeOnDoesNotKeepTheHostFromStopping() {
        workers.sink = (run, outcome) -> {
            exit.acquireUninterruptibly();
            return CompletableFuture.completedFuture(true);
        };
        workers.handle("work", context -> Map.of());
        workers.pool.resize();
        workers.give(1, "work");
        await().until(exit::hasQueuedThreads);

        workers.pool.stop();

        assertThat(exit.hasQueuedThreads()).isTrue();
    }

    @Test
    void theLogIsStoredWhileAHandlerRuns() {
        workers.handle("chatty", context -> {
            context.log("begun");
            return ignoreInterrupts(context);
        });
        workers.pool.resize();
        JobId id = workers.give(1, "chatty").get(0);
        await().until(() -> inside.get() == 1);

        workers.pool.watch();

        assertThat(workers.logs.get(id))
                .singleElement()
                .satisfies(line -> assertThat(line.text()).isEqualTo("begun"));
    }

    private List<JobId> stick(int count) {
        int before = inside.get();
        List<JobId> ids = workers.give(count, "stubborn");
        await().until(() -> inside.get() == before + count);
        workers.pass(WorkerFixture.TIMEOUT);
        workers.pool.watch();
        workers.pass(GRACE);
        workers.pool.watch();
        ids.forEach(
                id -> assertThat(workers.outcomes(id)).containsExactly(new Outcome.TimedOut(WorkerFixture.TIMEOUT)));
        return ids;
    }

    private Map<String, Object> ignoreInterrupts(JobContext context) {
        inside.incrementAndGet();
        exit.acquireUninterruptibly();
        inside.decrementAndGet();
        return Map.of();
    }
}
