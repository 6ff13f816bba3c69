// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobStatus;
import io.jobyard.spi.cluster.Hosts;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.feed.StoreSnapshot;
import io.jobyard.spi.jobs.LaneCount;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.SchedulingState;
import io.jobyard.spi.jobs.StartedCount;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.jobs.TallyKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

interface ListenerConformance extends Conformance {

    @Test
    default void aListenerBeginsWithWhatTheStoreHolds() {
        Draft late = Draft.job().queue("llm").priority(2).readyAt(Draft.T0.plusSeconds(9));
        admit(late);
        admit(Draft.job().queue("llm").priority(2));
        Draft suspect = Draft.job().priority(3).losses(SchedulingState.SUSPECT_LOSSES);
        admit(suspect);
        admit(Draft.job().after(admit(Draft.job()).id()));
        complete(admit(Draft.job()));
        move(Moves.start(admit(Draft.job()), jobs()));

        StoreSnapshot snapshot = Recorder.on(under()).snapshot();
        assertThat(snapshot.tally())
                .isEqualTo(Map.of(
                        key(JobStatus.QUEUED, 2, "llm"), 2L,
                        key(JobStatus.QUEUED, 3, null), 1L,
                        key(JobStatus.QUEUED, 5, null), 1L,
                        key(JobStatus.WAITING, 5, null), 1L,
                        key(JobStatus.RUNNING, 5, null), 1L,
                        key(JobStatus.COMPLETED, 5, null), 1L));
        assertThat(snapshot.lanes())
                .containsExactlyInAnyOrder(
                        new LaneCount(late.lane(), 2, Draft.T0),
                        new LaneCount(suspect.lane(), 1, Draft.T0),
                        new LaneCount(Draft.job().lane(), 1, Draft.T0));
    }

    @Test
    default void aListenerLearnsHowManyJobsHaveStartedAndNotEnded() {
        admit(Draft.job().limits("orders=new"));
        move(Moves.start(admit(Draft.job().limits("orders=running")), jobs()));
        complete(admit(Draft.job().limits("orders=done")));
        lose(Draft.job().limits("api", "orders=again"));
        lose(Draft.job().limits("api", "orders=again"));
        StoredJob later = move(Moves.start(admit(Draft.job().limits("orders=later")), jobs()));
        move(Moves.delay(later, Draft.T0.plusSeconds(60)));
        lose(Draft.job());

        StoreSnapshot snapshot = Recorder.on(under()).snapshot();
        assertThat(snapshot.started())
                .containsExactlyInAnyOrder(
                        new StartedCount(List.of("api", "orders=again"), 2),
                        new StartedCount(List.of("orders=later"), 1));
        assertThat(snapshot.running())
                .extracting(job -> job.lane().limits())
                .containsExactly(List.of("orders=running"));
    }

    private void lose(Draft job) {
        move(Moves.lose(move(Moves.start(admit(job), jobs()))));
    }

    private static TallyKey key(JobStatus status, int priority, @Nullable String queue) {
        return new TallyKey(status, priority, queue, "echo", "ada");
    }

    @Test
    default void everyMoveIsHeardBeforeItsFutureIsComplete() {
        Recorder heard = Recorder.on(under());
        StoredJob queued = admit(Draft.job());
        assertThat(heard.changes())
                .extracting(ListenerConformance::change)
                .containsExactly(Arrays.asList(null, queued, false));

        StoredJob running = move(Moves.start(queued, jobs()));
        assertThat(done(jobs().move(Moves.start(queued, jobs()), null))).isFalse();
        StoredJob ended = move(Moves.complete(running, "{}"));
        assertThat(heard.changes())
                .extracting(ListenerConformance::change)
                .containsExactly(
                        Arrays.asList(null, queued, false),
                        Arrays.asList(queued, running, false),
                        Arrays.asList(running, ended, false));
    }

    @Test
    default void whoWaitsForTheListenersFindsWhatASubmitterKnowsOf() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        under().listen(slow(told, goOn));
        Recorder heard = Recorder.on(under()); // after the slow one
        CompletableFuture.runAsync(() -> admit(Draft.job()));
        assertThat(told.await(60, TimeUnit.SECONDS)).isTrue();

        List<Committed> found = new ArrayList<>();
        Thread asking = new Thread(() -> {
            reads().awaitListeners();
            found.addAll(heard.changes());
        });
        asking.start();
        while (asking.getState() != Thread.State.WAITING && asking.isAlive()) {
            Thread.onSpinWait();
        }
        goOn.countDown();
        asking.join();

        assertThat(found).hasSize(1);
    }

    private static CommitListener slow(CountDownLatch told, CountDownLatch goOn) {
        return new CommitListener() {
            @Override
            public void opened(StoreSnapshot snapshot) {
                // holds nobody up
            }

            @Override
            public void committed(List<Committed> changes) {
                told.countDown();
                try {
                    goOn.await(60, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        };
    }

    @Test
    default void aListenerThatFailsBeginsAgainBeforeTheChangeIsAnswered() {
        List<StoreSnapshot> begun = new CopyOnWriteArrayList<>();
        List<Committed> heard = new CopyOnWriteArrayList<>();
        AtomicInteger hosts = new AtomicInteger();
        under().listen(new CommitListener() {
            @Override
            public void opened(StoreSnapshot snapshot) {
                begun.add(snapshot);
            }

            @Override
            public void hosts(Hosts now) {
                hosts.incrementAndGet();
            }

            @Override
            public void committed(List<Committed> changes) {
                if (begun.size() == 1 && changes.get(0).before() != null) {
                    throw new IllegalStateException("on purpose");
                }
                heard.addAll(changes);
            }
        });
        Recorder other = Recorder.on(under());
        StoredJob queued = admit(Draft.job());
        StoredJob running = move(Moves.start(queued, jobs()));
        assertThat(begun).hasSize(2);
        assertThat(begun.get(1).tally()).isEqualTo(Map.of(key(JobStatus.RUNNING, 5, null), 1L));
        assertThat(hosts).hasValueGreaterThanOrEqualTo(2);

        move(Moves.complete(running, "{}"));
        assertThat(heard)
                .extracting(change -> change.after().status())
                .containsExactly(JobStatus.QUEUED, JobStatus.COMPLETED);
        assertThat(other.changes()).hasSize(3);
    }

    @Test
    default void aListenerThatAsksForWhatOthersKeepGoesOn() {
        AtomicInteger asked = new AtomicInteger();
        under().listen(new CommitListener() {
            @Override
            public void opened(StoreSnapshot snapshot) {
                reads().awaitListeners();
            }

            @Override
            public void committed(List<Committed> changes) {
                reads().awaitListeners();
                asked.incrementAndGet();
            }
        });
        admit(Draft.job());
        assertThat(asked).hasValue(1);
    }

    private static List<@Nullable Object> change(Committed committed) {
        return Arrays.asList(committed.before(), committed.after(), committed.releases());
    }

    @Test
    default void changesAreHeardInTheirOrder() {
        Recorder heard = Recorder.on(under());
        List<StoredJob> expected = new ArrayList<>();
        StoredJob last = admit(Draft.job());
        expected.add(last);
        for (int n = 0; n < 200; n++) {
            Move move = n % 2 == 0 ? Moves.start(last, jobs()) : Moves.queue(last);
            jobs().move(move, null);
            last = move.after();
            expected.add(last);
        }
        admit(Draft.job());

        assertThat(heard.changes()).extracting(Committed::after).startsWith(expected.toArray(StoredJob[]::new));
    }

    @Test
    default void aListenerThatComesInTheMiddleMissesNothing() throws Exception {
        List<Recorder> heard = new ArrayList<>();
        Race.run(5, thread -> {
            for (int n = 0; n < 40; n++) {
                if (thread == 0) {
                    heard.add(Recorder.on(under()));
                } else if (n % 3 == 0) {
                    complete(admit(Draft.job()));
                } else {
                    admit(Draft.job());
                }
            }
            return thread;
        });

        Map<TallyKey, Long> all = new HashMap<>(Recorder.on(under()).snapshot().tally());
        assertThat(all.values().stream().mapToLong(n -> n).sum()).isEqualTo(160);
        assertThat(heard).hasSize(40).allSatisfy(one -> assertThat(one.tally()).isEqualTo(all));
    }

    @Test
    default void aListenerThatThrowsHarmsNobody() {
        under().listen(new CommitListener() {
            @Override
            public void opened(StoreSnapshot snapshot) {
                throw new IllegalStateException("on purpose");
            }

            @Override
            public void committed(List<Committed> changes) {
                throw new IllegalStateException("on purpose");
            }
        });
        Recorder heard = Recorder.on(under());
        complete(admit(Draft.job()));
        assertThat(heard.changes()).hasSize(3);
    }
}
