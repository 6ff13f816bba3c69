// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.JobId;
import io.jobyard.spi.jobs.Slots;
import io.jobyard.spi.running.Outcome;
import io.jobyard.spi.running.RunMonitor.Workers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkerPoolTest {

    private static final Duration GRACE = Duration.ofSeconds(1);

    private final WorkerFixture workers = new WorkerFixture();

    @AfterEach
    void stop() {
        workers.end();
    }

    @Test
    void asManyRunAtOnceAsThereAreThreadsUpAndDown() {
        workers.handle("work", workers::waitForExit);
        workers.pool.resize();
        List<JobId> ids = workers.give(40, "work");
        workers.awaitInside(2);
        assertThat(workers.pool.workers()).isEqualTo(new Workers(new Slots(2, 1_000), new Slots(2, 0), 0, 0, 0, false));

        set(new WorkerSettings(5, 1_000, Long.MAX_VALUE, 0, 1, 0, 0));
        workers.awaitInside(5);
        assertThat(workers.pool.workers()).isEqualTo(new Workers(new Slots(5, 1_000), new Slots(5, 0), 0, 0, 0, false));

        set(new WorkerSettings(1, 1_000, Long.MAX_VALUE, 0, 1, 0, 0));
        workers.exit.release(10);
        await().until(() -> workers.inside.get() == 1 && workers.exit.availablePermits() == 0);
        workers.most.set(0);
        workers.exit.release(1_000);
        await().until(() -> workers.outcomes.size() == 40);

        assertThat(workers.most.get()).isEqualTo(1);
        ids.forEach(id -> assertThat(workers.outcomes(id)).containsExactly(new Outcome.Completed("{}")));
    }

    @Test
    void freshThreadsTakeOverWithoutMoreRunningAtOnce() {
        workers.handle("work", workers::waitForExit);
        Set<Thread> seen = ConcurrentHashMap.newKeySet();
        workers.handle("look", context -> {
            seen.add(Thread.currentThread());
            return Map.of();
        });
        workers.pool.resize();
        workers.give(1, "work");
        workers.give(20, "look");
        await().until(() -> workers.outcomes.size() == 20);
        Set<Thread> before = Set.copyOf(seen);
        workers.give(1, "work");
        workers.awaitInside(2);

        workers.pool.renew();
        List<JobId> waiting = workers.give(2, "work");
        assertThat(waiting).allSatisfy(id -> assertThat(workers.outcomes(id)).isEmpty());
        assertThat(workers.most.get()).isEqualTo(2);

        workers.exit.release(4);
        await().until(() -> workers.outcomes.size() == 24);
        seen.clear();
        workers.give(20, "look");
        await().until(() -> workers.outcomes.size() == 44);
        assertThat(seen).isNotEmpty().doesNotContainAnyElementsOf(before);
        await().until(() -> before.stream().noneMatch(Thread::isAlive));
        assertThat(workers.most.get()).isEqualTo(2);
    }

    @Test
    void theRoomIsWhatTheThreadsCanBegin() throws Exception {
        workers.handle("work", workers::waitForExit);
        workers.pool.resize();
        assertThat(workers.pool.room().threads()).isEqualTo(2);
        workers.give(2, "work");
        workers.awaitInside(2);
        assertThat(workers.pool.room().threads()).isZero();
        workers.exit.release(1);
        await().until(() -> workers.pool.room().threads() == 1);
    }

    @Test
    void outcomesThatAreNotStoredYetTakeRoom() throws Exception {
        workers.handle("work", context -> Map.of());
        workers.pool.resize();
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        workers.answer = () -> answer;
        workers.give(256, "work");
        await().until(() -> workers.outcomes.size() == 256);
        assertThat(workers.pool.room().threads()).isZero();

        answer.complete(true);

        assertThat(workers.pool.awaitClaim(Duration.ofSeconds(30))).isTrue();
        assertThat(workers.pool.room().threads()).isEqualTo(2);
    }

    @Test
    void aSchedulerThatThrowsTakesNoRoomAndNoThread() throws Exception {
        workers.handle("work", context -> Map.of());
        workers.pool.resize();
        workers.answer = () -> {
            throw new IllegalStateException("the scheduler is broken");
        };
        workers.give(600, "work");
        await().until(() -> workers.outcomes.size() == 600);
        workers.answer = () -> CompletableFuture.completedFuture(true);

        await().until(() -> workers.pool.room().threads() == 2); // the last run leaves after its outcome
        JobId id = workers.give(1, "work").get(0);
        await().until(() -> !workers.outcomes(id).isEmpty());
    }

    @Test
    void anUrgentRunGoesBeforeThoseThatWereHandedAhead() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        List<JobId> order = new CopyOnWriteArrayList<>();
        workers.handle("work", context -> {
            order.add(context.job().id());
            free.await();
            return Map.of();
        });
        set(new WorkerSettings(1, 1_000, Long.MAX_VALUE, 0, 1, 0, 0));
        JobId first = workers.give("work", 5);
        await().until(() -> order.size() == 1);
        JobId later = workers.give("work", 5);
        JobId last = workers.give("work", 9);
        JobId urgent = workers.give("work", 1);
        JobId alike = workers.give("work", 5);
        free.countDown();
        await().until(() -> order.size() == 5);
        assertThat(order).containsExactly(first, urgent, later, alike, last);
    }

    @Test
    void anInterruptOfAnIdleThreadIsNotTheNextRuns() {
        List<Thread> threads = new CopyOnWriteArrayList<>();
        workers.handle("work", context -> {
            threads.add(Thread.currentThread());
            return Map.of("interrupted", Thread.currentThread().isInterrupted());
        });
        set(new WorkerSettings(1, 1_000, Long.MAX_VALUE, 0, 1, 0, 0));
        JobId first = workers.give(1, "work").get(0);
        await().until(() -> !workers.outcomes(first).isEmpty()
                && workers.pool.workers().busy().total() == 0);
        threads.get(0).interrupt();
        JobId next = workers.give(1, "work").get(0);
        workers.awaitOutcome(next, new Outcome.Completed("{\"interrupted\":false}"));
        assertThat(threads).hasSize(2).containsOnly(threads.get(0));
    }

    @Test
    void theWholeTimeThatRunsHaveTheirThreadsDecidesHowManyAreHandedAhead() {
        WorkerFixture busy = new WorkerFixture(Prefetch.AHEAD);
        busy.settings = new WorkerSettings(1, 1_000, Long.MAX_VALUE, 0, 1, 0, 0);
        busy.handle("work", context -> {
            busy.pass(Duration.ofMillis(1));
            return Map.of();
        });
        busy.answer = () -> {
            busy.pass(Duration.ofMillis(3)); // before the thread is free
            return CompletableFuture.completedFuture(true);
        };
        busy.pool.resize();
        busy.give(50, "work"); // 25 of which begin in the last 100 ms
        await().until(() -> busy.pool.room().threads() == 1 + 20 / (1 + 3));
        busy.supervisor.stop();
    }

    @Test
    void aRunThatBreaksOffGetsAnOutcomeAndCostsNoThread() {
        WorkerPool broken = new WorkerPool(
                () -> workers.settings,
                (run, ended) -> {
                    throw new NoClassDefFoundError("half a host");
                },
                workers.reporter,
                new WorkerTime(
                        workers.clock, workers.nanos::get, Duration.ZERO, time -> {}, (time, work) -> work.run()),
                start -> new Run(start, RunThread.WORKER, workers.nanos::get, workers.agenda::raise),
                () -> {});
        broken.resize();
        for (int i = 0; i < 10; i++) {
            broken.accept(List.of(workers.assignment("work")));
        }
        await().until(() -> workers.outcomes.size() == 10);
        assertThat(workers.outcomes.values())
                .allSatisfy(all -> assertThat(all)
                        .containsExactly(
                                new Outcome.Failed("the run broke off: java.lang.NoClassDefFoundError", false, null)));
        broken.close();
    }

    @Test
    void aTimeoutInterruptsAndTheThreadWorksOn() {
        workers.handle("slow", context -> {
            workers.inside.incrementAndGet();
            Thread.sleep(60_000);
            return Map.of();
        });
        workers.handle(
                "work", context -> Map.of("interrupted", Thread.currentThread().isInterrupted()));
        set(new WorkerSettings(1, 1_000, Long.MAX_VALUE, 0, 1, 0, 0));
        JobId slow = workers.begin("slow");
        workers.pass(WorkerFixture.TIMEOUT.minusMillis(1));
        workers.watch.look();
        assertThat(workers.pool.run(slow)).hasValueSatisfying(run -> {
            assertThat(run.run()).isEqualTo(3);
            assertThat(run.startedAt()).isEqualTo(WorkerFixture.START);
        });

        workers.pass(Duration.ofMillis(1));
        workers.watch.look();

        workers.awaitOutcome(slow, new Outcome.TimedOut(WorkerFixture.TIMEOUT));
        JobId next = workers.give(1, "work").get(0);
        workers.awaitOutcome(next, new Outcome.Completed("{\"interrupted\":false}"));
        assertThat(workers.pool.run(slow)).isEmpty();
    }

    @Test
    void aRunIsToldToEndAtTheDeadlineOfItsJobAlsoIfTheClockIsSet() throws Exception {
        workers.handle("slow", context -> {
            workers.inside.incrementAndGet();
            Thread.sleep(60_000);
            return Map.of();
        });
        set(new WorkerSettings(1, 1_000, Long.MAX_VALUE, 0, 1, 0, 0));
        workers.deadline(WorkerFixture.START.plusSeconds(9));
        JobId slow = workers.begin("slow");
        workers.clock.advance(Duration.ofHours(2));
        workers.watch.look();
        workers.pass(Duration.ofMillis(8_999));
        workers.watch.look();
        assertThat(workers.pool.run(slow))
                .hasValueSatisfying(run -> assertThat(run.ending()).isNull());

        workers.pass(Duration.ofMillis(1));
        workers.watch.look();

        workers.awaitOutcome(slow, new Outcome.PastDeadline());
    }

    @Test
    void aDeadlineInThousandsOfYearsCutsNothing() {
        set(new WorkerSettings(1, 1_000, Long.MAX_VALUE, 0, 1, 0, 0));
        workers.handle("stays", workers::ignoreInterrupts);
        workers.deadline(Instant.MAX);
        JobId stays = workers.begin("stays");
        workers.pass(Duration.ofSeconds(9));
        workers.watch.look();
        assertThat(workers.pool.run(stays))
                .hasValueSatisfying(run -> assertThat(run.ending()).isNull());
    }

    @Test
    void aStubbornRunLosesItsPlaceAfterTheGraceAndItsLateOutcomeIsDropped() throws Exception {
        workers.handle("stubborn", workers::ignoreInterrupts);
        workers.handle("work", context -> Map.of());
        set(new WorkerSettings(1, 1_000, Long.MAX_VALUE, 0, 1, 0, 0));
        JobId stubborn = workers.begin("stubborn");
        workers.pass(WorkerFixture.TIMEOUT);
        workers.watch.look();
        workers.pass(GRACE.minusMillis(1));
        workers.watch.look();
        assertThat(workers.outcomes(stubborn)).isEmpty();

        workers.pass(Duration.ofMillis(1));
        workers.watch.look();

        assertThat(workers.outcomes(stubborn)).containsExactly(new Outcome.TimedOut(WorkerFixture.TIMEOUT));
        JobId next = workers.give(1, "work").get(0);
        await().until(() -> !workers.outcomes(next).isEmpty());
        workers.exit.release(1);
        workers.awaitInside(0);
        assertThat(workers.pool.awaitClaim(Duration.ofSeconds(30))).isTrue();
        assertThat(workers.pool.room().threads()).isEqualTo(1);
        assertThat(workers.outcomes(stubborn)).hasSize(1);
    }

    @Test
    void noMoreStuckRunsAreReplacedThanThereAreThreads() throws Exception {
        workers.handle("stubborn", workers::ignoreInterrupts);
        workers.pool.resize();
        for (int round = 1; round <= 2; round++) {
            int expected = 2 * round;
            workers.give(2, "stubborn");
            workers.awaitInside(expected);
            workers.overdue();
        }
        assertThat(workers.outcomes).hasSize(4);
        assertThat(workers.pool.workers()).isEqualTo(new Workers(new Slots(2, 1_000), new Slots(0, 0), 0, 4, 0, false));

        assertThat(workers.pool.room().threads()).isZero(); // no thread is left for another
        workers.exit.release(4);
        workers.awaitInside(0);
        assertThat(workers.pool.awaitClaim(Duration.ofSeconds(30))).isTrue();
        assertThat(workers.pool.room().threads()).isPositive();
        await().until(() -> workers.pool.workers().lateResults() == 4);
        assertThat(workers.outcomes).hasSize(4);
        await().until(() -> workers.pool.room().threads() == 2);
        workers.give(2, "stubborn");
        workers.awaitInside(2);
    }

    @Test
    void aRunThatWaitsTooLongGoesBack() {
        workers.handle("work", workers::waitForExit);
        workers.pool.resize();
        workers.give(2, "work");
        workers.awaitInside(2);
        JobId waiting = workers.give(1, "work").get(0);
        workers.pass(Duration.ofMillis(200));
        workers.watch.look();
        assertThat(workers.outcomes(waiting)).isEmpty();

        workers.pass(Duration.ofNanos(1));
        workers.watch.look();

        assertThat(workers.outcomes(waiting)).containsExactly(new Outcome.GivenBack("claimed and not begun"));
        assertThat(workers.pool.run(waiting)).isEmpty();
    }

    @Test
    void stopGivesBackWhatHasNotBegunAndDrainsWhatRuns() throws Exception {
        workers.handle("work", workers::waitForExit);
        workers.settings = new WorkerSettings(2, 1_000, Long.MAX_VALUE, 3600, 1, 0, 0);
        workers.pool.resize();
        List<JobId> running = workers.give(2, "work");
        workers.awaitInside(2);
        List<JobId> waiting = workers.give(3, "work");
        Thread stopping = new Thread(workers.supervisor::stop);
        stopping.start();
        await().until(() -> workers.outcomes.size() == 3);
        waiting.forEach(id -> assertThat(workers.outcomes(id))
                .containsExactly(new Outcome.GivenBack("the host stopped before it began")));
        assertThat(workers.pool.awaitClaim(Duration.ofMillis(10))).isFalse();
        assertThat(workers.pool.workers()).isEqualTo(new Workers(new Slots(2, 1_000), new Slots(2, 0), 0, 0, 0, true));

        workers.exit.release(2);
        stopping.join();

        running.forEach(id -> assertThat(workers.outcomes(id)).containsExactly(new Outcome.Completed("{}")));
        JobId late = workers.give(1, "work").get(0);
        assertThat(workers.outcomes(late)).containsExactly(new Outcome.GivenBack("the host stopped before it began"));
    }

    @Test
    void stopInterruptsWhatDoesNotEndInTime() {
        workers.handle("work", workers::waitForExit);
        workers.pool.resize();
        List<JobId> running = workers.give(2, "work");
        workers.awaitInside(2);

        workers.supervisor.stop();

        running.forEach(id -> assertThat(workers.outcomes(id))
                .containsExactly(new Outcome.GivenBack("its handler left or the host stopped")));
    }

    @Test
    void eachRunGetsOneOutcomeHoweverTheEndsRace() {
        workers.handle("work", context -> {
            Thread.sleep(0, 1 + context.run());
            return Map.of();
        });
        set(new WorkerSettings(8, 1_000, Long.MAX_VALUE, 0, 1, 0, 0));
        for (int round = 0; round < 200; round++) {
            workers.give(10, "work");
            workers.pass(Duration.ofSeconds(31));
            workers.watch.look();
        }
        await().until(() -> workers.outcomes.size() == 2_000);
        assertThat(workers.outcomes.values()).allSatisfy(all -> assertThat(all).hasSize(1));
    }

    private void set(WorkerSettings settings) {
        workers.settings = settings;
        workers.pool.resize();
    }
}
