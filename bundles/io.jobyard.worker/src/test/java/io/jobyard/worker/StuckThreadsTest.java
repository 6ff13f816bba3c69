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

    private final Floor floor = new Floor();
    private final AtomicInteger inside = new AtomicInteger();
    private final Semaphore exit = new Semaphore(0);

    @AfterEach
    void stop() {
        exit.release(10_000);
        floor.pool.stop();
    }

    @Test
    void onceAsManyAreStuckAsThereAreWorkersTheirBundlesAreSetAside() {
        floor.handle("stubborn", this::ignoreInterrupts);
        floor.handle("work", context -> Map.of());
        floor.pool.resize();
        stick(1);
        assertThat(floor.heldBundles).isEmpty();
        stick(1);
        assertThat(floor.heldBundles).containsExactly("test 1.0.0");

        List<JobId> others = floor.give(20, "work"); // the host works on
        await().until(() -> others.stream().noneMatch(id -> floor.outcomes(id).isEmpty()));
    }

    @Test
    void aStuckThreadThatWasNotReplacedIsOnceAnotherHasComeBack() throws Exception {
        floor.handle("stubborn", this::ignoreInterrupts);
        floor.pool.resize();
        stick(2);
        stick(2);
        assertThat(floor.pool.awaitRoom(Duration.ofMillis(10))).isZero();

        exit.release(1);

        await().until(() -> floor.pool.stuckRuns().size() == 3);
        await().until(() -> floor.pool.awaitRoom(Duration.ZERO) >= 1);
    }

    @Test
    void theDoctorTellsWhichThreadIsStuckInWhatSinceWhenAndInWhichBundle() {
        floor.handle("stubborn", this::ignoreInterrupts);
        floor.pool.resize();
        JobId id = stick(1).get(0);

        Run run = floor.pool.stuckRuns().get(0);

        assertThat(StuckFinding.of(run).subject()).isEqualTo("worker");
        assertThat(StuckFinding.of(run).problem())
                .isEqualTo("thread " + run.thread().getName() + " is stuck in job " + id + " since "
                        + Floor.START.plus(Floor.TIMEOUT) + ", handler stubborn 1.0.0 (test 1.0.0)");
        assertThat(run.thread().getName()).startsWith("jobyard-worker-");
    }

    @Test
    void aHandlerThatLeavesDoesNotWaitForAStuckThread() throws Exception {
        Handler handler = floor.handle("stubborn", this::ignoreInterrupts);
        floor.pool.resize();
        stick(1);
        assertThat(handler.info("active").running()).isZero();
        assertThat(handler.occupants.drain(Duration.ofHours(1), Duration.ofHours(1)))
                .isZero();
    }

    @Test
    void whatDoesNotEndWhenTheHostStopsGoesBackUncounted() {
        floor.handle("stubborn", this::ignoreInterrupts);
        floor.pool.resize();
        JobId id = floor.give(1, "stubborn").get(0);
        await().until(() -> inside.get() == 1);

        floor.pool.stop();

        assertThat(floor.outcomes(id)).containsExactly(new Outcome.GivenBack("its handler left or the host stopped"));
    }

    @Test
    void aThreadThatHangsWhileItHandsItsOutcomeOnDoesNotKeepTheHostFromStopping() {
        floor.sink = (run, outcome) -> {
            exit.acquireUninterruptibly();
            return CompletableFuture.completedFuture(true);
        };
        floor.handle("work", context -> Map.of());
        floor.pool.resize();
        floor.give(1, "work");
        await().until(exit::hasQueuedThreads);

        floor.pool.stop();

        assertThat(exit.hasQueuedThreads()).isTrue();
    }

    @Test
    void theLogIsStoredWhileAHandlerRuns() {
        floor.handle("chatty", context -> {
            context.log("begun");
            return ignoreInterrupts(context);
        });
        floor.pool.resize();
        JobId id = floor.give(1, "chatty").get(0);
        await().until(() -> inside.get() == 1);

        floor.pool.watch();

        assertThat(floor.logs.get(id))
                .singleElement()
                .satisfies(line -> assertThat(line.text()).isEqualTo("begun"));
    }

    private List<JobId> stick(int count) {
        int before = inside.get();
        List<JobId> ids = floor.give(count, "stubborn");
        await().until(() -> inside.get() == before + count);
        floor.pass(Floor.TIMEOUT);
        floor.pool.watch();
        floor.pass(GRACE);
        floor.pool.watch();
        ids.forEach(id -> assertThat(floor.outcomes(id)).containsExactly(new Outcome.TimedOut(Floor.TIMEOUT)));
        return ids;
    }

    private Map<String, Object> ignoreInterrupts(JobContext context) {
        inside.incrementAndGet();
        exit.acquireUninterruptibly();
        inside.decrementAndGet();
        return Map.of();
    }
}
