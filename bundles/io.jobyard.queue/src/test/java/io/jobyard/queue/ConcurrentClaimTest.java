// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.JobId;
import io.jobyard.doubles.FakeHandlerCatalog;
import io.jobyard.doubles.Stub;
import io.jobyard.settings.api.LastGood;
import io.jobyard.settings.api.Settings;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.Slots;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.ClaimCandidate;
import io.jobyard.spi.store.ClaimResult;
import io.jobyard.spi.store.JobStore;
import io.jobyard.spi.store.StartRule;
import io.jobyard.testkit.InMemoryStore;
import io.jobyard.testkit.SettableAccess;
import io.jobyard.testkit.SettableClock;
import io.jobyard.testkit.store.Draft;
import io.jobyard.testkit.store.Moves;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads that claim, beside the one that commits and tells the lanes. */
@Timeout(60)
class ConcurrentClaimTest {

    private static final int ALREADY_THERE = 2_000;
    private static final int ALL = 3_000;

    private final InMemoryStore memory = new InMemoryStore(new UUID(0, 1), "here");
    private final ExecutorService committer = Executors.newSingleThreadExecutor();
    private final ExecutorService claimers = Executors.newCachedThreadPool();
    private final AtomicInteger decided = new AtomicInteger();
    private final LimitCatalogRegistry catalog = new LimitCatalogRegistry(new SettableAccess());
    private final QueueEngine queue = engine();

    private QueueEngine engine() {
        Settings<QueueSettings> settings = new Settings<>(QueueSettings.PID, QueueSettings::read, LastGood.none());
        settings.update(Map.of());
        JobStore jobs = Stub.<JobStore>before(JobStore.class, memory)
                .on("claim", this::commit)
                .get();
        return new QueueEngine(
                settings,
                catalog,
                new Gates(),
                new FakeHandlerCatalog(),
                new QueueStore(jobs, memory, memory, memory),
                new SettableClock(Draft.T0),
                16);
    }

    @SuppressWarnings("unchecked") // a proxy has no types
    private CompletableFuture<ClaimResult> commit(Object[] claim) {
        return CompletableFuture.supplyAsync(
                () -> memory.claim((List<ClaimCandidate>) claim[0], (StartRule) claim[1])
                        .join(),
                committer);
    }

    @AfterEach
    void stop() throws InterruptedException {
        claimers.shutdownNow();
        committer.shutdown();
        assertThat(claimers.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(committer.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aClaimThatWaitsLooksAtManyChangesOfTheConfigurationTogether() {
        AtomicInteger looks = new AtomicInteger();
        catalog.bindBuiltIn(() -> {
            looks.incrementAndGet();
            return List.of();
        });
        memory.listen(queue);
        claimers.submit(
                () -> queue.claims().claim(() -> new Slots(1, 0), Duration.ofSeconds(30), (job, taken) -> null));
        await().until(() -> looks.get() > 0);
        int before = looks.get();
        long began = System.nanoTime();
        for (int change = 0; change < 2_000; change++) {
            catalog.bindBuiltIn(List::of);
        }
        long most = 2 + (System.nanoTime() - began) / QueueLock.GATHER.toNanos();
        assertThat(looks.get() - before).isLessThanOrEqualTo((int) most);

        AtomicInteger last = new AtomicInteger();
        catalog.bindBuiltIn(() -> {
            last.incrementAndGet();
            return List.of();
        });
        await().until(() -> last.get() > 0);
    }

    @Test
    void eachJobStartsOnceAndHoldsItsPlaceUntilItsRunIsOver() throws Exception {
        admit(ALREADY_THERE);
        memory.listen(queue);
        Queue<Assignment> runs = new ConcurrentLinkedQueue<>();
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int max = i + 1;
            all.add(claimers.submit(() -> claimAll(max, runs)));
        }
        for (int i = ALREADY_THERE; i < ALL; i++) {
            committer.submit(() -> admit(1)).get();
        }
        for (Future<?> claimer : all) {
            claimer.get();
        }

        List<JobId> ids = runs.stream().map(run -> run.stored().id()).toList();
        assertThat(new HashSet<>(ids)).hasSize(ALL);
        assertThat(ids).hasSize(ALL);
        assertThat(queue.lanes().all()).isEmpty();
        assertThat(running()).isEqualTo(ALL);

        runs.forEach(run -> memory.move(Moves.complete(run.stored(), "{}")).join());

        assertThat(running()).isZero();
    }

    private Void claimAll(int max, Queue<Assignment> runs) throws InterruptedException {
        while (runs.size() < ALL) {
            try {
                runs.addAll(queue.claims().claim(() -> new Slots(max, 0), Duration.ofMillis(20), this::start));
            } catch (IllegalStateException e) { // nothing started beside it
                assertThat(e).hasMessage("refused");
            }
        }
        return null;
    }

    /** Refuses from time to time. */
    private Move start(StoredJob job, ClaimCandidate position) {
        if (decided.incrementAndGet() % 7 == 0) {
            throw new IllegalStateException("refused");
        }
        return Moves.start(job, memory, position.queue());
    }

    private void admit(int count) {
        memory.admit(Stream.generate(() -> Draft.job().admitted()).limit(count).toList())
                .join();
    }

    private int running() {
        return queue.overview().queues().stream()
                .mapToInt(queue -> queue.jobs().running())
                .sum();
    }
}
