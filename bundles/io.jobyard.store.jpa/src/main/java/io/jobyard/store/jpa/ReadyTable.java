// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.JobStatus;
import io.jobyard.api.spi.LaneKey;
import io.jobyard.api.spi.StoredJob;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The places of ready jobs in their lanes: a table apart, so that a start leaves the indexes of the jobs alone. */
final class ReadyTable {

    private static final String PLACE = "INSERT INTO ready (lane, ready_at, id) VALUES (?,?,?)";
    private static final String NO_PLACE = "DELETE FROM ready WHERE lane = ? AND ready_at = ? AND id = ?";

    private record Place(int lane, Instant readyAt) {}

    private final LaneTable lanes;

    ReadyTable(LaneTable lanes) {
        this.lanes = lanes;
    }

    /** Follows a change that is stored; before is null for a new job. */
    void follow(Session session, @Nullable StoredJob before, StoredJob after) throws SQLException {
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

    static void run(Session session) throws SQLException {
        session.batch(NO_PLACE).run();
        session.batch(PLACE).run();
    }
}
