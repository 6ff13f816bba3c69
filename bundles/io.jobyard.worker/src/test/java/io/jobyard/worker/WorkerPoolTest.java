// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.JobId;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.spi.Outcome;
import io.jobyard.api.spi.RunMonitor.Workers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkerPoolTest {

    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Floor floor = new Floor();
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final Semaphore exit = new Semaphore(0);

    @AfterEach
    void stop() {
        exit.release(10_000);
        floor.pool.stop();
    }

    @Test
    void asManyRunAtOnceAsThereAreThreadsUpAndDown() {
        floor.handle("work", this::waitForExit);
        floor.pool.resize();
        List<JobId> ids = floor.give(40, "work");
        await().until(() -> inside.get() == 2);
        assertThat(floor.pool.workers()).isEqualTo(new Workers(2, 2, 0, false));

        set(new WorkerSettings(5, 0, 1, 0));
        await().until(() -> inside.get() == 5);
        assertThat(floor.pool.workers()).isEqualTo(new Workers(5, 5, 0, false));

        set(new WorkerSettings(1, 0, 1, 0));
        exit.release(10);
        await().until(() -> inside.get() == 1 && exit.availablePermits() == 0);
        most.set(0);
        exit.release(1_000);
        await().until(() -> floor.outcomes.size() == 40);

        assertThat(most.get()).isEqualTo(1);
        ids.forEach(id -> assertThat(floor.outcomes(id)).containsExactly(new Outcome.Completed("{}")));
    }

    @Test
    void freshThreadsTakeOverWithoutMoreRunningAtOnce() {
        floor.handle("work", this::waitForExit);
        Set<Thread> seen = ConcurrentHashMap.newKeySet();
        floor.handle("look", context -> {
            seen.add(Thread.currentThread());
            return Map.of();
        });
        floor.pool.resize();
        floor.give(1, "work");
        floor.give(20, "look");
        await().until(() -> floor.outcomes.size() == 20);
        Set<Thread> before = Set.copyOf(seen);
        floor.give(1, "work");
        await().until(() -> inside.get() == 2);

        floor.pool.renew();
        List<JobId> waiting = floor.give(2, "work");
        assertThat(waiting).allSatisfy(id -> assertThat(floor.outcomes(id)).isEmpty());
        assertThat(most.get()).isEqualTo(2);

        exit.release(4);
        await().until(() -> floor.outcomes.size() == 24);
        seen.clear();
        floor.give(20, "look");
        await().until(() -> floor.outcomes.size() == 44);
        assertThat(seen).isNotEmpty().doesNotContainAnyElementsOf(before);
        await().until(() -> before.stream().noneMatch(Thread::isAlive));
        assertThat(most.get()).isEqualTo(2);
    }

    @Test
    void theRoomIsWhatTheThreadsCanBegin() throws Exception {
        floor.handle("work", this::waitForExit);
        floor.pool.resize();
        assertThat(floor.pool.awaitRoom(Duration.ZERO)).isEqualTo(2);
        floor.give(2, "work");
        await().until(() -> inside.get() == 2);
        assertThat(floor.pool.awaitRoom(Duration.ofMillis(10))).isZero();
        exit.release(1);
        assertThat(floor.pool.awaitRoom(Duration.ofSeconds(30))).isEqualTo(1);
    }

    @Test
    void outcomesThatAreNotStoredYetTakeRoom() throws Exception {
        floor.handle("work", context -> Map.of());
        floor.pool.resize();
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        floor.sink = (run, outcome) -> answer;
        floor.give(256, "work");
        await().until(() -> floor.outcomes.size() == 256);
        assertThat(floor.pool.awaitRoom(Duration.ofMillis(10))).isZero();

        answer.complete(true);

        assertThat(floor.pool.awaitRoom(Duration.ofSeconds(30))).isEqualTo(2);
    }

    @Test
    void aSinkThatThrowsTakesNoRoomAndNoThread() throws Exception {
        floor.handle("work", context -> Map.of());
        floor.pool.resize();
        floor.sink = (run, outcome) -> {
            throw new IllegalStateException("the scheduler is broken");
        };
        floor.give(600, "work");
        await().until(() -> floor.outcomes.size() == 600);
        floor.sink = (run, outcome) -> CompletableFuture.completedFuture(true);

        await().until(() -> floor.pool.awaitRoom(Duration.ZERO) == 2); // the last run leaves after its outcome
        JobId id = floor.give(1, "work").get(0);
        await().until(() -> !floor.outcomes(id).isEmpty());
    }

    @Test
    void anUrgentRunGoesBeforeThoseThatWereHandedAhead() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        List<JobId> order = new CopyOnWriteArrayList<>();
        floor.handle("work", context -> {
            order.add(context.job().id());
            free.await();
            return Map.of();
        });
        set(new WorkerSettings(1, 0, 1, 0));
        JobId first = floor.give("work", 5);
        await().until(() -> order.size() == 1);
        JobId later = floor.give("work", 5);
        JobId last = floor.give("work", 9);
        JobId urgent = floor.give("work", 1);
        JobId alike = floor.give("work", 5);
        free.countDown();
        await().until(() -> order.size() == 5);
        assertThat(order).containsExactly(first, urgent, later, alike, last);
    }

    @Test
    void anInterruptOfAnIdleThreadIsNotTheNextRuns() {
        List<Thread> threads = new CopyOnWriteArrayList<>();
        floor.handle("work", context -> {
            threads.add(Thread.currentThread());
            return Map.of("interrupted", Thread.currentThread().isInterrupted());
        });
        set(new WorkerSettings(1, 0, 1, 0));
        JobId first = floor.give(1, "work").get(0);
        await().until(() ->
                !floor.outcomes(first).isEmpty() && floor.pool.workers().busy() == 0);
        threads.get(0).interrupt();
        JobId next = floor.give(1, "work").get(0);
        await().until(() -> !floor.outcomes(next).isEmpty());
        assertThat(floor.outcomes(next)).containsExactly(new Outcome.Completed("{\"interrupted\":false}"));
        assertThat(threads).hasSize(2).containsOnly(threads.get(0));
    }

    @Test
    void theWholeTimeThatRunsHaveTheirThreadsDecidesHowManyAreHandedAhead() {
        Floor busy = new Floor(Pace.AHEAD);
        busy.settings = new WorkerSettings(1, 0, 1, 0);
        busy.handle("work", context -> {
            busy.pass(Duration.ofMillis(1));
            return Map.of();
        });
        busy.sink = (run, outcome) -> {
            busy.pass(Duration.ofMillis(3)); // before the thread is free
            return CompletableFuture.completedFuture(true);
        };
        busy.pool.resize();
        busy.give(50, "work"); // 25 of which begin in the last 100 ms
        await().until(() -> busy.pool.awaitRoom(Duration.ZERO) == 1 + 20 / (1 + 3));
        busy.pool.stop();
    }

    @Test
    void aRunThatBreaksOffGetsAnOutcomeAndCostsNoThread() {
        WorkerPool broken = new WorkerPool(
                () -> floor.settings,
                run -> {
                    throw new NoClassDefFoundError("half a host");
                },
                floor.recorder,
                floor.harm,
                new Pace(Duration.ZERO),
                floor.nanos::get,
                () -> floor.exits);
        broken.resize();
        for (int i = 0; i < 10; i++) {
            broken.accept(List.of(floor.assignment("work")));
        }
        await().until(() -> floor.outcomes.size() == 10);
        assertThat(floor.outcomes.values())
                .allSatisfy(all -> assertThat(all)
                        .containsExactly(
                                new Outcome.Failed("the run broke off: java.lang.NoClassDefFoundError", false, null)));
        broken.stop();
    }

    @Test
    void aTimeoutInterruptsAndTheThreadWorksOn() {
        floor.handle("slow", context -> {
            inside.incrementAndGet();
            Thread.sleep(60_000);
            return Map.of();
        });
        floor.handle(
                "work", context -> Map.of("interrupted", Thread.currentThread().isInterrupted()));
        set(new WorkerSettings(1, 0, 1, 0));
        JobId slow = floor.give(1, "slow").get(0);
        await().until(() -> inside.get() == 1);
        floor.pass(Floor.TIMEOUT.minusMillis(1));
        floor.pool.watch();
        assertThat(floor.pool.run(slow)).hasValueSatisfying(run -> {
            assertThat(run.run()).isEqualTo(3);
            assertThat(run.startedAt()).isEqualTo(Floor.START);
        });

        floor.pass(Duration.ofMillis(1));
        floor.pool.watch();

        await().until(() -> !floor.outcomes(slow).isEmpty());
        assertThat(floor.outcomes(slow)).containsExactly(new Outcome.TimedOut(Floor.TIMEOUT));
        JobId next = floor.give(1, "work").get(0);
        await().until(() -> !floor.outcomes(next).isEmpty());
        assertThat(floor.outcomes(next)).containsExactly(new Outcome.Completed("{\"interrupted\":false}"));
        assertThat(floor.pool.run(slow)).isEmpty();
    }

    @Test
    void aStubbornRunLosesItsPlaceAfterTheGraceAndItsLateOutcomeIsDropped() throws Exception {
        floor.handle("stubborn", this::ignoreInterrupts);
        floor.handle("work", context -> Map.of());
        set(new WorkerSettings(1, 0, 1, 0));
        JobId stubborn = floor.give(1, "stubborn").get(0);
        await().until(() -> inside.get() == 1);
        floor.pass(Floor.TIMEOUT);
        floor.pool.watch();
        floor.pass(GRACE.minusMillis(1));
        floor.pool.watch();
        assertThat(floor.outcomes(stubborn)).isEmpty();

        floor.pass(Duration.ofMillis(1));
        floor.pool.watch();

        assertThat(floor.outcomes(stubborn)).containsExactly(new Outcome.TimedOut(Floor.TIMEOUT));
        JobId next = floor.give(1, "work").get(0);
        await().until(() -> !floor.outcomes(next).isEmpty());
        exit.release(1);
        await().until(() -> inside.get() == 0);
        assertThat(floor.pool.awaitRoom(Duration.ofSeconds(30))).isEqualTo(1);
        assertThat(floor.outcomes(stubborn)).hasSize(1);
    }

    @Test
    void noMoreStuckRunsAreReplacedThanThereAreThreads() throws Exception {
        floor.handle("stubborn", this::ignoreInterrupts);
        floor.pool.resize();
        for (int round = 1; round <= 2; round++) {
            int expected = 2 * round;
            floor.give(2, "stubborn");
            await().until(() -> inside.get() == expected);
            floor.pass(Floor.TIMEOUT);
            floor.pool.watch();
            floor.pass(GRACE);
            floor.pool.watch();
        }
        assertThat(floor.outcomes).hasSize(4);
        assertThat(floor.pool.workers()).isEqualTo(new Workers(2, 0, 4, false));

        assertThat(floor.pool.awaitRoom(Duration.ofMillis(20))).isZero(); // no thread is left for another
        exit.release(4);
        await().until(() -> inside.get() == 0);
        assertThat(floor.pool.awaitRoom(Duration.ofSeconds(30))).isPositive();
        await().until(() -> floor.pool.awaitRoom(Duration.ZERO) == 2);
        floor.give(2, "stubborn");
        await().until(() -> inside.get() == 2);
    }

    @Test
    void aRunThatWaitsTooLongGoesBack() {
        floor.handle("work", this::waitForExit);
        floor.pool.resize();
        floor.give(2, "work");
        await().until(() -> inside.get() == 2);
        JobId waiting = floor.give(1, "work").get(0);
        floor.pass(Duration.ofMillis(200));
        floor.pool.watch();
        assertThat(floor.outcomes(waiting)).isEmpty();

        floor.pass(Duration.ofNanos(1));
        floor.pool.watch();

        assertThat(floor.outcomes(waiting)).containsExactly(new Outcome.GivenBack("claimed and not begun"));
        assertThat(floor.pool.run(waiting)).isEmpty();
    }

    @Test
    void stopGivesBackWhatHasNotBegunAndDrainsWhatRuns() throws Exception {
        floor.handle("work", this::waitForExit);
        floor.settings = new WorkerSettings(2, 3600, 1, 0);
        floor.pool.resize();
        List<JobId> running = floor.give(2, "work");
        await().until(() -> inside.get() == 2);
        List<JobId> waiting = floor.give(3, "work");
        Thread stopping = new Thread(floor.pool::stop);
        stopping.start();
        await().until(() -> floor.outcomes.size() == 3);
        waiting.forEach(id -> assertThat(floor.outcomes(id))
                .containsExactly(new Outcome.GivenBack("the host stopped before it began")));
        assertThat(floor.pool.awaitRoom(Duration.ofSeconds(30))).isZero();
        assertThat(floor.pool.workers()).isEqualTo(new Workers(2, 2, 0, true));

        exit.release(2);
        stopping.join();

        running.forEach(id -> assertThat(floor.outcomes(id)).containsExactly(new Outcome.Completed("{}")));
        JobId late = floor.give(1, "work").get(0);
        assertThat(floor.outcomes(late)).containsExactly(new Outcome.GivenBack("the host stopped before it began"));
    }

    @Test
    void stopInterruptsWhatDoesNotEndInTime() {
        floor.handle("work", this::waitForExit);
        floor.pool.resize();
        List<JobId> running = floor.give(2, "work");
        await().until(() -> inside.get() == 2);

        floor.pool.stop();

        running.forEach(id -> assertThat(floor.outcomes(id))
                .containsExactly(new Outcome.GivenBack("its handler left or the host stopped")));
    }

    @Test
    void eachRunGetsOneOutcomeHoweverTheEndsRace() {
        floor.handle("work", context -> {
            Thread.sleep(0, 1 + context.run());
            return Map.of();
        });
        set(new WorkerSettings(8, 0, 1, 0));
        for (int round = 0; round < 200; round++) {
            floor.give(10, "work");
            floor.pass(Duration.ofSeconds(31));
            floor.pool.watch();
        }
        await().until(() -> floor.outcomes.size() == 2_000);
        assertThat(floor.outcomes.values()).allSatisfy(all -> assertThat(all).hasSize(1));
    }

    private Map<String, Object> waitForExit(JobContext context) throws InterruptedException {
        int now = inside.incrementAndGet();
        most.accumulateAndGet(now, Math::max);
        try {
            exit.acquire();
        } finally {
            inside.decrementAndGet();
        }
        return Map.of();
    }

    private Map<String, Object> ignoreInterrupts(JobContext context) {
        inside.incrementAndGet();
        exit.acquireUninterruptibly();
        inside.decrementAndGet();
        return Map.of();
    }

    private void set(WorkerSettings settings) {
        floor.settings = settings;
        floor.pool.resize();
    }
}
