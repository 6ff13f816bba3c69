// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.EventCursor;
import io.jobyard.api.Finding;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobEvent;
import io.jobyard.api.JobStatus;
import io.jobyard.api.StoreException;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.identity.IdentityStore;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.testkit.store.Draft;
import io.jobyard.testkit.store.Moves;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database of which every call fails for a while, and then none. */
class DatabaseAwayTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /** The pool tries so often for one who waits; asked three times more, EclipseLink would come to far more. */
    private static final int MOST_TRIES = 9;

    private enum Commit {
        SOUND,
        LOST,
        MADE
    }

    @TempDir
    private Path folder;

    private EmbeddedStore store;
    private volatile boolean away;
    private volatile Commit nextCommit = Commit.SOUND;
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger connects = new AtomicInteger();
    private final AtomicInteger tried = new AtomicInteger();

    EmbeddedStore open(Path in, Wire wire) throws SQLException {
        return new DerbyStore(in, wire);
    }

    @BeforeEach
    void open() throws Exception {
        store = open(folder, this::carry);
    }

    @AfterEach
    void close() {
        away = false;
        store.close();
    }

    @Test
    void submitsAreRefusedAndOutcomesAreKeptUntilItIsBack() throws Exception {
        AdmittedJob ready = Draft.job().admitted();
        admit(ready).get(60, TimeUnit.SECONDS);
        StoredJob running = run(ready.stored());
        away = true;
        AdmittedJob refused = Draft.job().admitted();
        assertRefused(admit(refused));
        CompletableFuture<Boolean> outcome = store.jobs().move(Moves.complete(running, "{}"), null);
        assertRefused(admit(Draft.job().admitted()));
        awaitTries();
        assertThat(outcome).isNotDone();
        assertThatThrownBy(() -> store.reads().job(running.id()))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("the database did not answer: ")
                .hasMessageEndingWith("; try again")
                .message()
                .doesNotContain("\n");

        away = false;

        assertThat(outcome.get(60, TimeUnit.SECONDS)).isTrue();
        assertThat(store.jobs().move(Moves.complete(running, "{}"), null).get(60, TimeUnit.SECONDS))
                .as("a second outcome")
                .isFalse();
        assertThat(store.reads().history(running.id()))
                .extracting(HistoryEvent::to)
                .containsExactly(JobStatus.QUEUED, JobStatus.RUNNING, JobStatus.COMPLETED);
        assertThat(store.reads().job(refused.stored().id())).isEmpty();
        admit(Draft.job().admitted()).get(60, TimeUnit.SECONDS);
    }

    @Test
    void aCommitThatWasMadeIsToldSoOnceItIsBack() throws Exception {
        AdmittedJob job = Draft.job().admitted();
        nextCommit = Commit.MADE;
        CompletableFuture<Void> submit = admit(job);
        awaitTries();
        assertThat(submit).as("in doubt").isNotDone();

        away = false;

        submit.get(60, TimeUnit.SECONDS);
        assertThat(store.reads().history(job.stored().id())).hasSize(1);
        assertThat(store.examine()).isEmpty();
    }

    @Test
    void aRowOfTheAuditAloneStandsThereOnceWhetherItsCommitWasMadeOrNot() throws Exception {
        for (Commit commit : List.of(Commit.MADE, Commit.LOST)) {
            nextCommit = commit;
            CompletableFuture<Void> entry =
                    store.audit().append(new AuditEntry(Draft.T0, "ann", "purge", commit.name(), ""));
            awaitTries();
            assertThat(entry).as("in doubt").isNotDone();
            away = false;
            entry.get(60, TimeUnit.SECONDS);
        }
        assertThat(store.audit().rows(store.jobs().incarnation(), 1, 10))
                .extracting(row -> row.entry().target())
                .containsExactly("MADE", "LOST");
    }

    @Test
    void theFeedGoesOnBehindACommitWhoseAnswerWasLost() throws Exception {
        admit(Draft.job().admitted()).get(60, TimeUnit.SECONDS);
        EventCursor seen = store.feed().newest();
        AdmittedJob job = Draft.job().admitted();
        nextCommit = Commit.MADE;
        CompletableFuture<Void> submit = admit(job);
        awaitTries();
        away = false;
        submit.get(60, TimeUnit.SECONDS);

        List<JobEvent> events = store.feed().events(seen, 10);
        assertThat(events)
                .extracting(JobEvent::job)
                .containsExactly(job.stored().id());
        assertThat(store.feed().newest()).isEqualTo(events.get(0).cursor());
        AdmittedJob next = Draft.job().admitted();
        admit(next).get(60, TimeUnit.SECONDS);
        assertThat(store.feed().events(events.get(0).cursor(), 10))
                .extracting(JobEvent::job)
                .containsExactly(next.stored().id());
    }

    @Test
    void aCommitThatWasNotMadeIsRefusedOnceItIsBackUnlessItEndsARun() throws Exception {
        AdmittedJob ready = Draft.job().admitted();
        admit(ready).get(60, TimeUnit.SECONDS);
        StoredJob running = run(ready.stored());
        nextCommit = Commit.LOST;
        CompletableFuture<Boolean> outcome = store.jobs().move(Moves.complete(running, "{}"), null);
        awaitTries();
        assertThat(outcome).isNotDone();
        away = false;
        assertThat(outcome.get(60, TimeUnit.SECONDS)).isTrue();

        AdmittedJob job = Draft.job().admitted();
        nextCommit = Commit.LOST;
        CompletableFuture<Void> submit = admit(job);
        awaitTries();
        away = false;
        assertRefused(submit);
        assertThat(store.reads().job(job.stored().id())).isEmpty();
    }

    @Test
    void theDoctorTellsWhileItLastsAlsoIfOnlyAQuestionWasAsked() throws Exception {
        assertThat(store.examine()).isEmpty();
        away = true;
        assertThatThrownBy(() -> store.reads().job(Draft.id())).isInstanceOf(StoreException.class);
        assertThat(store.examine()).singleElement().satisfies(finding -> {
            assertThat(finding.subject()).isEqualTo("store");
            assertThat(finding.problem()).contains("since");
        });
        away = false;
        await().atMost(TIMEOUT)
                .ignoreExceptions()
                .until(() -> store.reads().job(Draft.id()).isEmpty());
        assertThat(store.examine()).isEmpty();

        away = true;
        assertRefused(admit(Draft.job().admitted()));
        assertThat(store.examine())
                .extracting(Finding::problem)
                .singleElement()
                .asString()
                .startsWith("the database does not answer: ");
        away = false;
        await().atMost(TIMEOUT)
                .ignoreExceptions()
                .until(() -> store.reads().job(Draft.id()).isEmpty());
        assertThat(store.examine()).isEmpty();
    }

    @Test
    void eachSubmitHasItTriedHoweverLongItWasAway() throws Exception {
        assertThat(store.service(IdentityStore.class).user("ann")).isEmpty();
        away = true;
        while (connects.get() < 8) { // after so many failures a pool pauses for seconds
            assertRefused(admit(Draft.job().admitted()));
        }
        int before = connects.get();
        assertRefused(admit(Draft.job().admitted()));
        assertRefused(admit(Draft.job().admitted()));
        assertThat(connects.get()).isGreaterThanOrEqualTo(before + 2);
        int submitted = connects.get();
        assertThatThrownBy(() -> store.service(IdentityStore.class).user("ann")).isInstanceOf(StoreException.class);
        assertThat(connects.get()).as("tries of one question").isLessThanOrEqualTo(submitted + MOST_TRIES);
        away = false;
        admit(Draft.job().admitted()).get(60, TimeUnit.SECONDS);
    }

    @Test
    void aQuestionIsAnsweredAlsoIfAllConnectionsHaveDiedMeanwhile() throws Exception {
        AdmittedJob job = Draft.job().admitted();
        admit(job).get(60, TimeUnit.SECONDS);
        assertThat(store.reads().job(job.stored().id())).isPresent();
        assertThat(store.service(IdentityStore.class).user("ann")).isEmpty();

        store.breakAll();

        assertThat(store.reads().job(job.stored().id())).isPresent();
        store.breakAll();
        assertThat(store.service(IdentityStore.class).user("ann")).isEmpty();
    }

    /** Each may take as long as it takes to find out that nobody is there. */
    @Test
    void whatDiedWithTheConnectionOfACommitIsNotTriedOneByOne() throws Exception {
        String alwaysTry = "com.zaxxer.hikari.aliveBypassWindowMs";
        System.setProperty(alwaysTry, "0");
        try {
            store.restart();
        } finally {
            System.clearProperty(alwaysTry);
        }
        await().atMost(TIMEOUT).until(() -> store.pool().getHikariPoolMXBean().getIdleConnections() > 5);
        nextCommit = Commit.MADE;
        CompletableFuture<Void> submit = admit(Draft.job().admitted());
        awaitTries();
        away = false;
        submit.get(60, TimeUnit.SECONDS);
        assertThat(tried.get()).isZero();
    }

    @Test
    void aStoreThatClosesMeanwhileTellsWhatItDidNotStore() throws Exception {
        AdmittedJob ready = Draft.job().admitted();
        admit(ready).get(60, TimeUnit.SECONDS);
        StoredJob running = run(ready.stored());
        away = true;
        CompletableFuture<Boolean> outcome = store.jobs().move(Moves.complete(running, "{}"), null);
        awaitTries();

        store.restart(() -> away = false);

        assertThat(outcome)
                .failsWithin(60, TimeUnit.SECONDS)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(StoreException.class)
                .withMessageContaining("nothing was stored");
        assertThat(store.jobs().lostRuns(10)).extracting(StoredJob::id).containsExactly(running.id());
    }

    private CompletableFuture<Void> admit(AdmittedJob job) {
        return store.jobs().admit(List.of(job));
    }

    private StoredJob run(StoredJob job) throws Exception {
        assertThat(store.jobs().move(Moves.start(job, store.jobs()), null).get(60, TimeUnit.SECONDS))
                .isTrue();
        return store.reads().job(job.id()).orElseThrow();
    }

    private void awaitTries() {
        int before = failures.get();
        await().atMost(TIMEOUT).until(() -> failures.get() > before + 2);
    }

    private static void assertRefused(CompletableFuture<Void> submit) {
        assertThat(submit)
                .failsWithin(60, TimeUnit.SECONDS)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(StoreException.class)
                .withMessageStartingWith("the database does not answer: ")
                .withMessageEndingWith("; nothing was stored");
    }

    private Object carry(Call call) throws Throwable {
        if (!away && nextCommit != Commit.SOUND && call.isCommit()) {
            if (nextCommit == Commit.MADE) {
                call.make();
            }
            nextCommit = Commit.SOUND;
            away = true;
        }
        if (away) {
            if (call.name().equals("getConnection")) {
                connects.incrementAndGet();
            }
            tried.addAndGet(call.name().equals("isValid") ? 1 : 0);
            failures.incrementAndGet();
            call.breakLine();
            throw new SQLException("connection refused", "08001");
        }
        return call.make();
    }
}
