// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.jobs.Slots;
import io.jobyard.spi.store.ClaimCandidate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConcurrentTakeTest {

    private final LanesFixture fixture = new LanesFixture();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void manyThreadsLoseNothingAndStartNothingTwice() throws Exception {
        fixture.submit(4_000, "a", 5);
        fixture.submit(4_000, "b", 5, "other");
        fixture.open();
        Queue<JobId> started = new ConcurrentLinkedQueue<>();
        List<Future<?>> takers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int max = i + 1;
            takers.add(threads.submit(() -> takeAll(max, started)));
        }
        for (int i = 0; i < 2_000; i++) {
            fixture.submit("c", 5);
        }
        for (Future<?> taker : takers) {
            taker.get();
        }

        assertThat(new HashSet<>(started)).hasSize(10_000);
        assertThat(started).hasSize(10_000);
        assertThat(fixture.views()).isEmpty();
    }

    private Void takeAll(int max, Queue<JobId> started) throws InterruptedException {
        for (int turn = 1; started.size() < 10_000; turn++) {
            List<ClaimCandidate> taken = fixture.lanes.claims.take(() -> new Slots(max, 0), Duration.ofMillis(20));
            if (turn % 7 == 0) {
                fixture.lanes.claims.settle(taken, List.of());
            } else {
                for (ClaimCandidate job : taken) {
                    if (fixture.move(job.position().id(), JobStatus.QUEUED, JobStatus.RUNNING)) {
                        started.add(job.position().id());
                    }
                }
            }
        }
        return null;
    }

    @Test
    void whoWaitsIsWokenByAnArrival() throws Exception {
        CountDownLatch waits = new CountDownLatch(1);
        Future<List<ClaimCandidate>> taker = threads.submit(() -> {
            waits.countDown();
            return fixture.lanes.claims.take(() -> new Slots(1, 0), Duration.ofSeconds(50));
        });
        waits.await();

        JobId id = fixture.submit("a", 5);

        assertThat(taker.get())
                .singleElement()
                .extracting(taken -> taken.position().id())
                .isEqualTo(id);
    }

    @Test
    void whoWaitsIsWokenWhenAGateOpens() throws Exception {
        var gate = fixture.shut(lane -> true);
        fixture.submit("a", 5);
        Future<List<ClaimCandidate>> taker =
                threads.submit(() -> fixture.lanes.claims.take(() -> new Slots(1, 0), Duration.ofSeconds(50)));

        fixture.gates.remove(gate);
        fixture.lanes.lock.wake();

        assertThat(taker.get()).hasSize(1);
    }

    @Test
    void whoWaitsIsWokenAtTheInstantAtWhichALimitOpens() throws Exception {
        Clock real = Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));
        LanesFixture live = new LanesFixture(real);
        live.limit("api", "rate.requests", "10/s");
        for (int i = 0; i < 4; i++) {
            live.submitLimited("a", 5, Map.of(), "api");
        }
        live.lanes.draws.begun(live.take(1).get(0).position().id());
        for (int i = 0; i < 3; i++) {
            Instant opens = live.views().get(0).shutBy().get(0).until();

            List<ClaimCandidate> next = live.lanes.claims.take(() -> new Slots(1, 0), Duration.ofSeconds(50));

            live.lanes.draws.begun(next.get(0).position().id());

            assertThat(real.instant()).isBetween(opens, opens.plusSeconds(30));
        }
    }

    @Test
    void whoWaitsInVainGetsNothingWhenTheTimeIsOver() throws Exception {
        assertThat(fixture.lanes.claims.take(() -> new Slots(1, 0), Duration.ofMillis(20)))
                .isEmpty();
    }
}
