// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.rows;

import io.jobyard.api.JobStatus;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.store.jpa.sql.Session;
import io.jobyard.store.jpa.sql.StatementBatch;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Positions of ready jobs in their lanes. They are in a separate table, so that a start does not change the indexes of the jobs. On a
 * database with partial indexes, they are instead a column of the job, written with its row.
 */
public final class ReadyTable {

    private static final String PLACE = "INSERT INTO ready (lane, ready_at, id) VALUES (?,?,?)";
    private static final String NO_PLACE = "DELETE FROM ready WHERE lane = ? AND ready_at = ? AND id = ?";

    private record ReadyPosition(int lane, Instant readyAt) {}

    private final LaneTable lanes;
    private final boolean inRow;

    public ReadyTable(LaneTable lanes, boolean inRow) {
        this.lanes = lanes;
        this.inRow = inRow;
    }

    public boolean isInRow() {
        return inRow;
    }

    /** Returns the value of the column {@code lane} of a job; null if it is not ready. */
    @Nullable
    public Integer lane(Session session, StoredJob job) throws SQLException {
        ReadyPosition position = position(session, job);
        return position == null ? null : position.lane();
    }

    /**
     * Updates the row for a stored change.
     *
     * @param before the job before the change; null for a new job
     */
    public void follow(Session session, @Nullable StoredJob before, StoredJob after) throws SQLException {
        if (inRow) {
            return;
        }
        ReadyPosition old = before == null ? null : position(session, before);
        ReadyPosition now = position(session, after);
        if (old != null && !old.equals(now)) {
            add(session.batch(NO_PLACE), old, after);
        }
        if (now != null && !now.equals(old)) {
            add(session.batch(PLACE), now, after);
        }
    }

    private @Nullable ReadyPosition position(Session session, StoredJob job) throws SQLException {
        Instant readyAt = job.books().readyAt();
        return job.job().status() == JobStatus.QUEUED && readyAt != null
                ? new ReadyPosition(lanes.number(session, LaneKey.of(job)), readyAt)
                : null;
    }

    private static void add(StatementBatch row, ReadyPosition position, StoredJob job) throws SQLException {
        row.number(position.lane()).instant(position.readyAt()).id(job.id()).add();
    }

    public void run(Session session) throws SQLException {
        if (!inRow) {
            session.batch(NO_PLACE).run();
            session.batch(PLACE).run();
        }
    }
}
