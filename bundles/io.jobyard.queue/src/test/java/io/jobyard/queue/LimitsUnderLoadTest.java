// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.jobs.Slots;
import io.jobyard.spi.store.ClaimCandidate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is allowed is never exceeded, and is used, whoever takes at the same time. */
@Timeout(120)
class LimitsUnderLoadTest {

    private final LanesFixture fixture = new LanesFixture();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void fiftyThreadsDrawNoMoreThanARateAllowsInAnyWindowAndNearlyAllOfIt() throws Exception {
        int steps = 1_200;
        fixture.limit("api", "rate.requests", "100/10s burst 5");
        for (int i = 0; i < 800; i++) {
            fixture.submitLimited("s" + i % 7, 5, Map.of(), "api");
        }
        Queue<Instant> starts = new ConcurrentLinkedQueue<>();
        Phaser step = new Phaser(1);
        List<Future<?>> all = together(
                50,
                () -> {
                    for (int i = 0; i < steps; i++) {
                        step.arriveAndAwaitAdvance();
                        for (List<ClaimCandidate> taken = fixture.take(1); !taken.isEmpty(); taken = fixture.take(1)) {
                            starts.add(fixture.clock.instant());
                            fixture.move(taken.get(0).position().id(), JobStatus.RUNNING);
                            fixture.lanes.draws.begun(taken.get(0).position().id());
                        }
                        step.arriveAndAwaitAdvance();
                    }
                    return null;
                },
                step);
        for (int i = 0; i < steps; i++) {
            step.arriveAndAwaitAdvance(); // all take
            step.arriveAndAwaitAdvance(); // all have taken
            fixture.clock.advance(Duration.ofMillis(50));
        }
        step.arriveAndDeregister();
        for (Future<?> each : all) {
            each.get();
        }

        List<Instant> inOrder = starts.stream().sorted().toList();
        assertThat(inOrder.size()).isBetween(600 * 95 / 100, 605);
        for (int first = 0; first < inOrder.size(); first++) {
            for (int last = first; last < inOrder.size(); last++) {
                double seconds =
                        Duration.between(inOrder.get(first), inOrder.get(last)).toNanos() / 1e9;
                assertThat(last - first + 1.0).isLessThanOrEqualTo(seconds * 10 + 5 + 1e-9);
            }
        }
    }

    @Test
    void sixteenThreadsNeverRunMoreThanAQueueAndALimitAllow() throws Exception {
        int jobs = 5_000;
        fixture.queue("q", "running.max", "7");
        fixture.limit("gpu", "running.max", "3");
        for (int i = 0; i < jobs; i++) {
            List<String> limits = i % 2 == 0 ? List.of("gpu") : List.of();
            fixture.submit(fixture.job("s" + i % 5, 1 + i % 3, "work", 0, "q", limits, Map.of()));
        }
        AtomicInteger inQueue = new AtomicInteger();
        AtomicInteger inLimit = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Queue<JobId> done = new ConcurrentLinkedQueue<>();
        Set<JobId> returned = ConcurrentHashMap.newKeySet();
        for (Future<?> each : together(
                16,
                () -> {
                    while (done.size() < jobs) {
                        List<ClaimCandidate> taken = fixture.lanes.claims.take(
                                () -> new Slots(1 + done.size() % 3, 0), Duration.ofMillis(5));
                        List<ClaimCandidate> limited = taken.stream()
                                .filter(job -> !job.lane().limits().isEmpty())
                                .toList();
                        most.accumulateAndGet(inQueue.addAndGet(taken.size()), Math::max);
                        assertThat(inQueue.get()).isLessThanOrEqualTo(7);
                        assertThat(inLimit.addAndGet(limited.size())).isLessThanOrEqualTo(3);
                        Thread.yield();
                        inLimit.addAndGet(-limited.size());
                        inQueue.addAndGet(-taken.size());
                        finish(taken, returned, done);
                    }
                    return null;
                },
                new Phaser())) {
            each.get();
        }

        assertThat(done).hasSize(jobs).doesNotHaveDuplicates();
        assertThat(most.get()).isEqualTo(7);
        assertThat(fixture.lanes.limits.queues())
                .allMatch(queue -> queue.jobs().running() == 0 && queue.jobs().queued() == 0);
        assertThat(fixture.lanes.limits.limits()).allMatch(limit -> limit.jobs().running() == 0);
    }

    /** Some jobs are put back once, and somebody takes them again. */
    private void finish(List<ClaimCandidate> taken, Set<JobId> returned, Queue<JobId> done) {
        for (ClaimCandidate job : taken) {
            JobId id = job.position().id();
            if (id.value().getLeastSignificantBits() % 11 == 0 && returned.add(id)) {
                fixture.lanes.claims.settle(List.of(job), List.of());
                continue;
            }
            fixture.move(id, JobStatus.RUNNING);
            fixture.move(id, JobStatus.COMPLETED);
            done.add(id);
        }
    }

    private List<Future<?>> together(int count, Callable<?> task, Phaser phaser) {
        phaser.bulkRegister(count);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(threads.submit(task));
        }
        return all;
    }
}
