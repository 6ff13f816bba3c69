// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.api.StepKind;
import io.jobyard.api.StreamPiece;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.feed.StoreSnapshot;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.steps.RunOutput;
import io.jobyard.spi.steps.StoredSignal;
import io.jobyard.spi.steps.StoredStep;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.JobRemoval;
import io.jobyard.store.jpa.incarnation.HostCandidate;
import io.jobyard.store.postgres.PostgresServer;
import io.jobyard.testkit.store.Draft;
import io.jobyard.testkit.store.Moves;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What jobs keep, where several hosts share the database. */
@Timeout(180)
class SharedWorkTest {

    @TempDir
    private Path folder;

    private final PostgresServer server = PostgresServer.shared();
    private final String url = EmptySchema.url();
    private final List<PostgresStore> opened = new ArrayList<>();
    private PostgresStore one;
    private PostgresStore two;

    @BeforeEach
    void open() throws SQLException {
        one = open("one:1", Duration.ofSeconds(30));
        one.awaitElection();
        two = open("two:2", Duration.ofSeconds(30));
    }

    private PostgresStore open(String host, Duration lease) throws SQLException {
        PostgresStore store = new PostgresStore(folder, server, url, new HostCandidate(host, host, lease));
        opened.add(store);
        return store;
    }

    @AfterEach
    void close() {
        opened.forEach(PostgresStore::close);
    }

    private static <T> T done(CompletableFuture<T> future) {
        return future.orTimeout(60, TimeUnit.SECONDS).join();
    }

    private static StoredJob move(PostgresStore store, Move move) {
        assertThat(done(store.jobs().move(move, Moves::release))).isTrue();
        return move.after();
    }

    private static StoredJob running(PostgresStore store) {
        AdmittedJob job = Draft.job().admitted();
        done(store.jobs().admit(List.of(job)));
        return move(store, Moves.start(job.stored(), store.jobs()));
    }

    private static List<StoredJob> running(PostgresStore store, int count) {
        List<AdmittedJob> jobs = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            jobs.add(Draft.job().admitted());
        }
        done(store.jobs().admit(jobs));
        return jobs.stream()
                .map(job -> {
                    Move start = Moves.start(job.stored(), store.jobs());
                    store.jobs().move(start, null);
                    return start.after();
                })
                .toList();
    }

    private static Assignment run(StoredJob job) {
        return new Assignment(job, "{}", null);
    }

    private static StoredStep approval() {
        return StoredStep.begun(
                1, "signal approved", StepKind.SIGNAL, 1, Draft.T0, Draft.T0.plusSeconds(60), "approved");
    }

    private static CompletableFuture<Boolean> rest(PostgresStore store, StoredJob job) {
        return store.work()
                .rest(Moves.delay(job, Reason.SIGNAL, Draft.T0.plusSeconds(60)), Moves.queue(job), approval());
    }

    private static CompletableFuture<Boolean> tell(PostgresStore store, JobId job) {
        return store.work().signal(job, new StoredSignal(0, "approved", Draft.T0, "ann", false, "1"), Moves::queue);
    }

    private static StoredJob read(PostgresStore store, JobId id) {
        return store.reads().job(id).orElseThrow();
    }

    /** Each side commits what it is asked for as it likes: single ones meet batches, and batches meet in other orders. */
    @Test
    void noSignalOfAnotherHostIsLostWhileJobsBeginToWait() throws Exception {
        Random random = new Random(7);
        for (int round = 0; round < 10; round++) {
            List<StoredJob> jobs = running(one, 60);
            done(one.jobs().released(List.of()));
            List<StoredJob> other = new ArrayList<>(jobs);
            if (round % 2 == 1) {
                Collections.shuffle(other, random);
            }
            CyclicBarrier line = new CyclicBarrier(2);
            CompletableFuture<List<CompletableFuture<Boolean>>> rests = CompletableFuture.supplyAsync(() -> {
                pass(line);
                return jobs.stream().map(job -> rest(one, job)).toList();
            });
            pass(line);
            List<CompletableFuture<Boolean>> told =
                    other.stream().map(job -> tell(two, job.id())).toList();

            assertThat(rests.get(60, TimeUnit.SECONDS)).allMatch(SharedWorkTest::done);
            assertThat(told).allMatch(SharedWorkTest::done);
            for (StoredJob job : jobs) {
                assertThat(read(one, job.id()).status()).isEqualTo(JobStatus.QUEUED);
                assertThat(one.work().signals(job.id())).hasSize(1);
                assertThat(two.work().steps(job.id())).containsExactly(approval());
            }
        }
    }

    private static void pass(CyclicBarrier line) {
        try {
            line.await(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void signalsOfTwoHostsAreNumberedApartAndTheFirstWakesAlone() {
        StoredJob job = running(one);
        done(rest(one, job));
        List<CompletableFuture<Boolean>> told = new ArrayList<>();
        for (int n = 0; n < 40; n++) {
            told.add(tell(n % 2 == 0 ? one : two, job.id()));
        }
        assertThat(told).allMatch(SharedWorkTest::done);
        assertThat(one.work().signals(job.id()))
                .extracting(StoredSignal::number)
                .doesNotHaveDuplicates()
                .hasSize(40);
        assertThat(read(one, job.id()).version()).isEqualTo(job.version() + 2);
    }

    @Test
    void theHostsHearOfAWakeThatAnotherOneMade() throws InterruptedException {
        StoredJob job = running(one);
        done(rest(one, job));
        CountDownLatch follows = new CountDownLatch(1);
        List<Committed> heard = new CopyOnWriteArrayList<>();
        one.listen(new CommitListener() {
            @Override
            public void opened(StoreSnapshot snapshot) {
                follows.countDown();
            }

            @Override
            public void committed(List<Committed> changes) {
                heard.addAll(changes);
            }
        });
        assertThat(follows.await(60, TimeUnit.SECONDS))
                .as("its snapshot does not contain the wake yet")
                .isTrue();
        done(tell(two, job.id()));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> heard.stream()
                        .anyMatch(change -> change.elsewhere()
                                && change.after().id().equals(job.id())
                                && change.after().status() == JobStatus.QUEUED));
    }

    @Test
    void aStreamGoesOnWhereTheRunOnAnotherHostLeftIt() {
        StoredJob job = running(one);
        done(one.work().emit(run(job), List.of(piece(1, "a"), piece(1, "b"))));
        StoredJob there = move(two, Moves.start(move(one, Moves.queue(job)), two.jobs()));
        done(two.work().emit(run(there), List.of(piece(2, "c"))));
        StoredJob back = move(one, Moves.start(move(two, Moves.queue(there)), one.jobs()));
        assertThat(done(two.work().emit(run(there), List.of(piece(2, "late"))))).isFalse();
        done(one.work().emit(run(back), List.of(piece(3, "d"))));
        assertThat(two.work().stream(job.id(), 0, 9))
                .extracting(piece -> piece.position() + piece.text())
                .containsExactly("1a", "2b", "3c", "4d");
    }

    private static StreamPiece piece(int run, String text) {
        return new StreamPiece(0, run, Draft.T0, text);
    }

    @Test
    void aChildThatEndsElsewhereReleasesItsParentAndStaysUntilItIsRead() {
        StoredJob parent = running(two);
        AdmittedJob child = Draft.job().admitted();
        StoredStep wait = StoredStep.begun(1, "children 1", StepKind.CHILDREN, 1, Draft.T0, null, null)
                .of(List.of(child.stored().id()));
        try (JobRemoval removal = one.jobs().removal()) {
            done(two.work().admit(run(parent), wait, List.of(child)));
            done(two.work().rest(Moves.awaitChildren(parent, Set.copyOf(wait.children())), Moves.queue(parent), wait));
            StoredJob ended = move(one, Moves.complete(move(one, Moves.start(child.stored(), one.jobs())), "{}"));
            assertThat(read(two, parent.id()).status()).isEqualTo(JobStatus.QUEUED);
            assertThat(done(removal.remove(List.of(ended)))).isEmpty();

            StoredJob again = move(two, Moves.start(read(two, parent.id()), two.jobs()));
            done(two.work().end(run(again), wait.ended(Draft.T0, null, "[]"), RunOutput.NONE));
            assertThat(done(removal.remove(List.of(ended)))).containsExactly(ended);
        }
    }

    @Test
    void aHostWhoseLifeWasEndedStoresNoStep() throws SQLException {
        StoredJob job = running(two);
        PostgresStore next = open("two:2", Duration.ofSeconds(30));
        StoredStep step = StoredStep.done(1, "one", 1, Draft.T0, Draft.T0, "1");
        CompletableFuture<Boolean> kept = two.work().keep(run(job), List.of(step), RunOutput.NONE);
        assertThat(kept).failsWithin(Duration.ofSeconds(60));
        assertThat(next.work().steps(job.id())).isEmpty();
    }
}
