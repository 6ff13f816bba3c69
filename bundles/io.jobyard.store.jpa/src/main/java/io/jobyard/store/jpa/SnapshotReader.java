// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.JobStatus;
import io.jobyard.api.spi.LaneCount;
import io.jobyard.api.spi.LaneKey;
import io.jobyard.api.spi.StoreSnapshot;
import io.jobyard.api.spi.TallyKey;
import io.jobyard.store.api.StoreDialect;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts what the store holds. Reads all jobs once, so only for a listener that begins. */
final class SnapshotReader {

    private static final String TALLY =
            "SELECT status, priority, stands, type, submitter, COUNT(*) FROM (SELECT status, priority, "
                    + JobSearch.QUEUE
                    + " AS stands, type, submitter FROM job) AS each GROUP BY status, priority, stands, type, submitter";
    private static final String LANE =
            "SELECT queue, priority, submitter, type, handler_version, limits, estimated, suspect FROM lane WHERE id = ?";

    private final String lanes;

    SnapshotReader(StoreDialect dialect) {
        lanes = "SELECT lane, COUNT(*), MIN(ready_at) FROM ready" + dialect.withIndex("ready_place")
                + " WHERE lane > 0 GROUP BY lane";
    }

    StoreSnapshot read(Session session) throws SQLException {
        Map<TallyKey, Long> tally = new HashMap<>();
        session.list(TALLY, row -> tally.merge(key(row), row.getLong(6), Long::sum));
        record Counted(int lane, long queued, Instant oldest) {}
        List<Counted> counted =
                session.list(lanes, row -> new Counted(row.getInt(1), row.getLong(2), Utc.present(row, 3)));
        List<LaneCount> found = new ArrayList<>();
        for (Counted one : counted) {
            found.add(new LaneCount(lane(session, one.lane()), one.queued(), one.oldest()));
        }
        return new StoreSnapshot(tally, found, List.of(), LimitTables.pauses(session));
    }

    private static TallyKey key(ResultSet row) throws SQLException {
        return new TallyKey(
                JobStatus.of(row.getString(1)), row.getInt(2), row.getString(3), row.getString(4), row.getString(5));
    }

    private static LaneKey lane(Session session, int number) throws SQLException {
        return session.list(
                        LANE,
                        row -> new LaneKey(
                                row.getString(1),
                                row.getInt(2),
                                row.getString(3),
                                row.getString(4),
                                row.getString(5),
                                Amounts.readNames(row.getString(6)),
                                row.getBoolean(7),
                                row.getBoolean(8)),
                        number)
                .get(0);
    }
}
