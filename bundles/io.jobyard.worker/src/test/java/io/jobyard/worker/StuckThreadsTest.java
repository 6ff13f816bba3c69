// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.JobId;
import io.jobyard.spi.running.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Handlers that ignore interrupts: what the host still does, and what it tells. */
@Timeout(60)
class StuckThreadsTest {

    private final WorkerFixture workers = new WorkerFixture();

    @AfterEach
    void stop() {
        workers.end();
    }

    @Test
    void onceAsManyAreStuckAsThereAreWorkersTheirBundlesAreSetAside() {
        workers.handle("stubborn", workers::ignoreInterrupts);
        workers.handle("work", context -> Map.of());
        workers.pool.resize();
        stick(1);
        assertThat(workers.quarantined()).isEmpty();
        stick(1);
        assertThat(workers.quarantined()).containsExactly("test 1.0.0");

        List<JobId> others = workers.give(20, "work"); // the host works on
        await().until(() -> others.stream().noneMatch(id -> workers.outcomes(id).isEmpty()));
    }

    @Test
    void aStuckThreadThatWasNotReplacedIsOnceAnotherHasComeBack() throws Exception {
        workers.handle("stubborn", workers::ignoreInterrupts);
        workers.pool.resize();
        stick(2);
        stick(2);
        assertThat(workers.pool.room().threads()).isZero();

        workers.exit.release(1);

        await().until(() -> workers.pool.stuckRuns().size() == 3);
        await().until(() -> workers.pool.room().threads() >= 1);
    }

    @Test
    void theDoctorTellsWhichThreadIsStuckInWhatSinceWhenAndInWhichBundle() {
        workers.handle("stubborn", workers::ignoreInterrupts);
        workers.pool.resize();
        JobId id = stick(1).get(0);

        Run run = workers.pool.stuckRuns().get(0);

        assertThat(ThreadFindings.of(workers.pool, workers.handlers))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.subject()).isEqualTo("worker");
                    assertThat(finding.problem())
                            .startsWith("thread " + run.thread().getName() + " is stuck in job " + id + " since "
                                    + WorkerFixture.START.plus(WorkerFixture.TIMEOUT)
                                    + ", handler stubborn 1.0.0 (test 1.0.0), at ")
                            .contains(" < io.jobyard.worker.WorkerFixture.ignoreInterrupts(WorkerFixture.java:")
                            .doesNotContain("InterceptorChain");
                });
        assertThat(run.thread().getName()).startsWith("jobyard-worker-");
    }

    @Test
    void aHandlerThatLeavesDoesNotWaitForAStuckThread() throws Exception {
        Handler handler = workers.handle("stubborn", workers::ignoreInterrupts);
        workers.pool.resize();
        stick(1);
        assertThat(handler.info("active").running()).isZero();
        assertThat(handler.runs.drain(Duration.ofHours(1), Duration.ofHours(1))).isZero();
    }

    @Test
    void whatDoesNotEndWhenTheHostStopsGoesBackUncounted() {
        workers.handle("stubborn", workers::ignoreInterrupts);
        workers.pool.resize();
        JobId id = workers.begin("stubborn");

        workers.supervisor.stop();

        assertThat(workers.outcomes(id)).containsExactly(new Outcome.GivenBack("its handler left or the host stopped"));
    }

    @Test
    void aThreadThatHangsWhileItHandsItsOutcomeOnDoesNotKeepTheHostFromStopping() {
        workers.answer = () -> {
            workers.exit.acquireUninterruptibly();
            return CompletableFuture.completedFuture(true);
        };
        workers.handle("work", context -> Map.of());
        workers.pool.resize();
        workers.give(1, "work");
        await().until(workers.exit::hasQueuedThreads);

        workers.supervisor.stop();

        assertThat(workers.exit.hasQueuedThreads()).isTrue();
    }

    @Test
    void theLogIsStoredWhileAHandlerRuns() {
        workers.handle("chatty", context -> {
            context.log("begun");
            return workers.ignoreInterrupts(context);
        });
        workers.pool.resize();
        JobId id = workers.begin("chatty");

        workers.watch.look();

        assertThat(workers.store.log(id))
                .singleElement()
                .satisfies(line -> assertThat(line.text()).isEqualTo("begun"));
    }

    private List<JobId> stick(int count) {
        int before = workers.inside.get();
        List<JobId> ids = workers.give(count, "stubborn");
        workers.awaitInside(before + count);
        workers.overdue();
        ids.forEach(
                id -> assertThat(workers.outcomes(id)).containsExactly(new Outcome.TimedOut(WorkerFixture.TIMEOUT)));
        return ids;
    }
}
