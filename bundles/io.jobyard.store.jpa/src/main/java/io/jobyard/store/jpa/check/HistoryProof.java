// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.check;

import io.jobyard.api.JobId;
import io.jobyard.api.StoreException;
import io.jobyard.settings.api.AuditSeal;
import io.jobyard.store.jpa.commit.CommitFailure;
import io.jobyard.store.jpa.commit.CommitterConnection;
import io.jobyard.store.jpa.commit.CommitterTask;
import io.jobyard.store.jpa.commit.Inbox;
import io.jobyard.store.jpa.feed.HistoryRows;
import io.jobyard.store.jpa.feed.HistoryRows.HistoryRow;
import io.jobyard.store.jpa.feed.SealSum;
import io.jobyard.store.jpa.feed.SealTable;
import io.jobyard.store.jpa.feed.SealWatch;
import io.jobyard.store.jpa.feed.WholeHistory;
import io.jobyard.store.jpa.sql.Ids;
import io.jobyard.store.jpa.sql.ReadPool;
import io.jobyard.store.jpa.sql.Session;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Verification of the histories of all finished jobs while the host runs: each must be unchanged since it was sealed, and none may be
 * missing. Safe for use by several threads; only one verification runs at a time.
 */
public final class HistoryProof {

    private record ProofPage(@Nullable JobId last, List<HistoryRow> ended, Map<JobId, String> texts) {}

    private final Inbox inbox;
    private final CommitterConnection commits;
    private final ReadPool searchers;
    private final SealTable seals;
    private final AuditSeal seal;
    private final HistoryRows rows;
    private final boolean isShared;

    public HistoryProof(
            Inbox inbox,
            CommitterConnection commits,
            ReadPool searchers,
            SealTable seals,
            AuditSeal seal,
            HistoryRows rows,
            boolean isShared) {
        this.isShared = isShared;
        this.inbox = inbox;
        this.commits = commits;
        this.searchers = searchers;
        this.seals = seals;
        this.seal = seal;
        this.rows = rows;
    }

    /** Verifies the histories. Returns the first problem; empty if all histories are unchanged. */
    public Optional<String> problem() {
        return isShared ? searchers.ask(this::problemNow) : problemMeanwhile();
    }

    /** Verifies the histories. If other hosts also seal, reads all rows in one snapshot of the database. */
    private Optional<String> problemNow(Session session) throws SQLException {
        session.connection().setAutoCommit(false);
        try {
            CommitterConnection.standStill(session);
            List<SealTable.SealRow> sealed = SealTable.all(session);
            Optional<String> problem = problem(sealed);
            return problem.isPresent()
                    ? problem
                    : problem(before -> read(session, before), new SealWatch(), sum(sealed));
        } finally {
            session.connection().rollback();
            session.connection().setAutoCommit(true);
        }
    }

    private Optional<String> problemMeanwhile() {
        SealWatch watch = new SealWatch();
        List<SealTable.SealRow> sealed = begin(watch);
        try {
            Optional<String> problem = problem(sealed);
            return problem.isPresent()
                    ? problem
                    : problem(before -> searchers.ask(session -> read(session, before)), watch, sum(sealed));
        } catch (SQLException e) {
            throw new IllegalStateException("the readers report this", e);
        } finally {
            between(seals::unwatch);
        }
    }

    private Optional<String> problem(List<SealTable.SealRow> sealed) {
        return sealed.stream()
                .filter(row -> !row.isSealed(seal))
                .map(row -> "the seal of all histories by incarnation " + row.life()
                        + " of the host was changed in the database")
                .findFirst();
    }

    private static SealSum sum(List<SealTable.SealRow> sealed) {
        return sealed.stream().map(SealTable.SealRow::sum).reduce(SealSum.NONE, SealSum::and);
    }

    /** Starts the watch and reads the sums between two commits, so that both begin at the same moment. */
    private List<SealTable.SealRow> begin(SealWatch watch) {
        CompletableFuture<List<SealTable.SealRow>> rows = new CompletableFuture<>();
        CompletableFuture<Void> asked = between(() -> {
            if (seals.watch(watch)) {
                try {
                    rows.complete(commits.ask(SealTable::all));
                } catch (CommitFailure | RuntimeException e) {
                    seals.unwatch();
                    throw e;
                }
            } else {
                rows.completeExceptionally(new StoreException(
                        "another verification of the audit is running; try again when it has finished", null));
            }
        });
        try {
            return asked.thenCompose(done -> rows).join();
        } catch (CompletionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            throw cause instanceof StoreException told
                    ? told
                    : new StoreException("cannot verify the histories: " + cause.getMessage(), cause);
        }
    }

    private CompletableFuture<Void> between(CommitterTask.CommitStep step) {
        CompletableFuture<Void> future = new CompletableFuture<>();
        return inbox.submit(new CommitterTask(step, future), future);
    }

    private interface Pages {

        ProofPage before(JobId id) throws SQLException;
    }

    private Optional<String> problem(Pages pages, SealWatch watch, SealSum all) throws SQLException {
        SealSum found = SealSum.NONE;
        JobId last = null;
        do {
            JobId before = last == null ? Ids.GREATEST : last;
            ProofPage next = pages.before(before);
            last = next.last();
            for (HistoryRow job : watch.pass(next.ended(), HistoryRow::id, last == null ? Ids.LEAST : last)) {
                Optional<String> problem =
                        problem(job, Objects.requireNonNull(next.texts().get(job.id())));
                if (problem.isPresent()) {
                    return problem;
                }
                found = job.seal() == null ? found : found.with(job.seal());
            }
        } while (last != null);
        return compare(found.and(watch.excluded()), all);
    }

    private ProofPage read(Session session, JobId before) throws SQLException {
        List<HistoryRow> all = rows.before(session, before);
        List<HistoryRow> ended =
                all.stream().filter(job -> job.status().isFinished()).toList();
        Map<JobId, String> texts = new HashMap<>();
        ended.forEach(job -> texts.put(job.id(), job.trail()));
        return new ProofPage(
                all.isEmpty() ? null : all.get(all.size() - 1).id(), ended, WholeHistory.of(session, texts));
    }

    private Optional<String> problem(HistoryRow job, String text) {
        byte[] is = job.seal();
        if (is == null) {
            return Optional.of("the history of job " + job.id() + " has lost its seal: the database was changed");
        }
        byte[] expected = seal.history(
                job.id().value(), job.origin().submitter(), job.origin().createdAt(), text);
        return Arrays.equals(is, expected)
                ? Optional.empty()
                : Optional.of("the history of job " + job.id() + " was changed in the database");
    }

    private static Optional<String> compare(SealSum found, SealSum all) {
        if (found.equals(all)) {
            return Optional.empty();
        }
        long missing = all.histories() - found.histories();
        return Optional.of(
                missing > 0
                        ? (missing == 1 ? "1 history" : missing + " histories")
                                + " of finished jobs missing: deleted from the database"
                        : "the histories were replaced by others in the database");
    }
}
