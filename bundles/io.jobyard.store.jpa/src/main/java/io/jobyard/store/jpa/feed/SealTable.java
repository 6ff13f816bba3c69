// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.feed;

import io.jobyard.api.JobId;
import io.jobyard.settings.api.AuditSeal;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.store.jpa.sql.Ids;
import io.jobyard.store.jpa.sql.Session;
import io.jobyard.store.jpa.sql.StatementBatch;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Seals of histories: keyed hashes that reveal later changes. The row of each finished job contains the seal of its history. A row for each
 * incarnation contains the sum of the seals that it added and removed, and a seal of this row. The commit that finishes a job writes both.
 * Only for the committer's thread.
 */
public final class SealTable {

    /**
     * Change of a job's seal by a move.
     *
     * @param before the earlier seal; null for none
     * @param after the new seal; null for none
     */
    public record SealChange(byte @Nullable [] before, byte @Nullable [] after) {
        private static final SealChange NONE = new SealChange(null, null);
    }

    /** Row of an incarnation. */
    public record SealRow(int life, long changes, SealSum sum, byte[] seal) {

        static SealRow of(AuditSeal seal, int life, long changes, SealSum sum) {
            return new SealRow(life, changes, sum, seal.histories(life, changes, sum.histories(), sum.bytes()));
        }

        public boolean isSealed(AuditSeal by) {
            return Arrays.equals(seal, of(by, life, changes, sum).seal);
        }
    }

    private static final String SEALS = "SELECT id, seal FROM job WHERE id IN (?)";
    private static final String ALL =
            "SELECT incarnation, changes, histories, total, seal FROM sealed ORDER BY incarnation";
    private static final String BEGIN =
            "INSERT INTO sealed (changes, histories, total, seal, incarnation) VALUES (?,?,?,?,?)";
    private static final String WRITE =
            "UPDATE sealed SET changes = ?, histories = ?, total = ?, seal = ? WHERE incarnation = ?";

    private final AuditSeal seal;
    private final int life;
    private @Nullable SealRow known;
    private SealSum sum = SealSum.NONE;
    private boolean changed;
    private @Nullable SealWatch watch;

    public SealTable(AuditSeal seal, int life) {
        this.seal = seal;
        this.life = life;
    }

    /** Returns the change of the seal, if the move is stored. */
    public SealChange change(Session session, Move move, HistoryTable.Next trail) throws SQLException {
        boolean ended = move.before().job().status().isFinished();
        if (!ended && !move.state().status().isFinished()) {
            return SealChange.NONE;
        }
        JobId id = move.before().id();
        byte[] old = ended ? read(session, List.of(id)).get(id) : null;
        byte[] now = move.state().status().isFinished() ? seal(session, move.after(), trail) : null;
        return new SealChange(old, now);
    }

    private byte[] seal(Session session, StoredJob job, HistoryTable.Next trail) throws SQLException {
        String latest = trail.page() == null ? trail.row() : trail.page() + trail.row();
        String whole = Objects.requireNonNull(
                WholeHistory.of(session, Map.of(job.id(), latest)).get(job.id()));
        return seal.history(job.id().value(), job.job().submitter(), job.job().createdAt(), whole);
    }

    /** Returns the seals of the given jobs that have one. */
    public Map<JobId, byte[]> read(Session session, Collection<JobId> ids) throws SQLException {
        Map<JobId, byte[]> seals = new HashMap<>();
        session.in(SEALS, ids, row -> {
            byte[] found = row.getBytes(2);
            if (found != null) {
                seals.put(Ids.first(row), found);
            }
            return seals;
        });
        return seals;
    }

    /** Counts the change in the sum; call it once the move is stored. */
    public void follow(JobId id, SealChange change) {
        byte[] before = change.before();
        byte[] after = change.after();
        if (before == null && after == null) {
            return;
        }
        if (watch != null) {
            watch.changes(id, before);
        }
        sum = before == null ? sum : sum.without(before);
        sum = after == null ? sum : sum.with(after);
        changed = true;
    }

    /** Sends the row of this incarnation if it has changed. */
    public void run(Session session) throws SQLException {
        if (!changed) {
            return;
        }
        SealRow last = known == null ? own(session) : known;
        SealRow row = SealRow.of(seal, life, last.changes() + 1, last.sum().and(sum));
        StatementBatch batch = session.batch(last.changes() == 0 ? BEGIN : WRITE);
        batch.number(row.changes())
                .number(row.sum().histories())
                .bytes(row.sum().bytes())
                .bytes(row.seal())
                .number(life)
                .add();
        batch.later();
        known = row;
    }

    private SealRow own(Session session) throws SQLException {
        return all(session).stream()
                .filter(row -> row.life() == life)
                .findFirst()
                .orElseGet(() -> SealRow.of(seal, life, 0, SealSum.NONE));
    }

    public static List<SealRow> all(Session session) throws SQLException {
        return session.list(
                ALL,
                row -> new SealRow(
                        row.getInt(1),
                        row.getLong(2),
                        SealSum.of(row.getLong(3), Objects.requireNonNull(row.getBytes(4))),
                        Objects.requireNonNull(row.getBytes(5))));
    }

    /** Registers a verification, which is notified of changes while it runs. Returns false if another verification is registered. */
    public boolean watch(SealWatch by) {
        boolean free = watch == null;
        watch = free ? by : watch;
        return free;
    }

    public void unwatch() {
        watch = null;
    }

    public void committed() {
        sum = SealSum.NONE;
        changed = false;
    }

    /** Handles a failed transaction. Perhaps only the answer was lost, so the next transaction reads the row again. */
    public void rolledBack() {
        committed();
        known = null;
    }
}
