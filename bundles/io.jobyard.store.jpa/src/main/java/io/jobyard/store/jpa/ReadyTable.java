// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.JobStatus;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.StoredJob;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The places of ready jobs in their lanes: a table apart, so that a start leaves the indexes of the jobs alone; or, where an
 * index can be over part of the rows, a column of the job that the statements of its row write.
 */
final class ReadyTable {

    private static final String PLACE = "INSERT INTO ready (lane, ready_at, id) VALUES (?,?,?)";
    private static final String NO_PLACE = "DELETE FROM ready WHERE lane = ? AND ready_at = ? AND id = ?";

    private record Place(int lane, Instant readyAt) {}

    private final LaneTable lanes;
    private final boolean inRow;

    ReadyTable(LaneTable lanes, boolean inRow) {
        this.lanes = lanes;
        this.inRow = inRow;
    }

    boolean isInRow() {
        return inRow;
    }

    /** What the column {@code lane} of a job is. */
    @Nullable
    Integer lane(Session session, StoredJob job) throws SQLException {
        Place place = place(session, job);
        return place == null ? null : place.lane();
    }

    /** Follows a change that is stored; before is null for a new job. */
    void follow(Session session, @Nullable StoredJob before, StoredJob after) throws SQLException {
        if (inRow) {
            return;
        }
        Place old = before == null ? null : place(session, before);
        Place now = place(session, after);
        if (old != null && !old.equals(now)) {
            add(session.batch(NO_PLACE), old, after);
        }
        if (now != null && !now.equals(old)) {
            add(session.batch(PLACE), now, after);
        }
    }

    private @Nullable Place place(Session session, StoredJob job) throws SQLException {
        Instant readyAt = job.books().readyAt();
        return job.job().status() == JobStatus.QUEUED && readyAt != null
                ? new Place(lanes.number(session, LaneKey.of(job)), readyAt)
                : null;
    }

    private static void add(StatementBatch row, Place place, StoredJob job) throws SQLException {
        row.number(place.lane()).instant(place.readyAt()).id(job.id()).add();
    }

    void run(Session session) throws SQLException {
        if (!inRow) {
            session.batch(NO_PLACE).run();
            session.batch(PLACE).run();
        }
    }
}
