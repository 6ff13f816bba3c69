// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.JobStatus;
import io.jobyard.spi.feed.StoreSnapshot;
import io.jobyard.spi.jobs.LaneCount;
import io.jobyard.spi.jobs.StartedCount;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.jobs.TallyKey;
import io.jobyard.store.api.SqlDialect;
import io.jobyard.store.jpa.index.JobSearch;
import io.jobyard.store.jpa.rows.DefinitionTable;
import io.jobyard.store.jpa.rows.JobRows;
import io.jobyard.store.jpa.rows.LaneTable;
import io.jobyard.store.jpa.rows.LimitTables;
import io.jobyard.store.jpa.rows.RunningTable;
import io.jobyard.store.jpa.sql.AmountText;
import io.jobyard.store.jpa.sql.Session;
import io.jobyard.store.jpa.sql.Utc;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts the jobs of the store. Reads all jobs once, so use it only to start a listener. */
final class SnapshotReader {

    /** Counts all jobs, by the limits too if they have started, have not ended, and are not running. */
    private static final String TALLY =
            "SELECT status, priority, stands, type, submitter, started, COUNT(*) FROM (SELECT status, priority, "
                    + JobSearch.QUEUE
                    + " AS stands, type, submitter, CASE WHEN run > 0 AND limits IS NOT NULL AND status IN ('waiting',"
                    + " 'queued') THEN limits ELSE '' END AS started FROM job) AS each"
                    + " GROUP BY status, priority, stands, type, submitter, started";

    private final String lanes;
    private final LaneTable laneTable;
    private final JobRows rows;

    SnapshotReader(SqlDialect dialect, LaneTable laneTable, JobRows rows) {
        this.laneTable = laneTable;
        this.rows = rows;
        lanes = "SELECT lane, COUNT(*), MIN(ready_at) FROM ready" + dialect.withIndex("ready_position")
                + " WHERE lane > 0 GROUP BY lane";
    }

    StoreSnapshot read(Session session) throws SQLException {
        Map<TallyKey, Long> tally = new HashMap<>();
        Map<String, Long> started = new HashMap<>();
        session.list(TALLY, row -> {
            started.merge(row.getString(6), row.getLong(7), Long::sum);
            return tally.merge(key(row), row.getLong(7), Long::sum);
        });
        started.remove("");
        record Counted(int lane, long queued, Instant oldest) {}
        List<Counted> counted =
                session.list(lanes, row -> new Counted(row.getInt(1), row.getLong(2), Utc.present(row, 3)));
        List<LaneCount> found = new ArrayList<>();
        for (Counted one : counted) {
            found.add(new LaneCount(laneTable.lane(session, one.lane()), one.queued(), one.oldest()));
        }
        List<StoredJob> running = rows.stored(session, RunningTable.all(session)).stream()
                .filter(job -> job.status() == JobStatus.RUNNING)
                .toList();
        return new StoreSnapshot(
                tally,
                found,
                running,
                started.entrySet().stream()
                        .map(some -> new StartedCount(AmountText.readNames(some.getKey()), some.getValue()))
                        .toList(),
                LimitTables.pauses(session),
                DefinitionTable.all(session));
    }

    private static TallyKey key(ResultSet row) throws SQLException {
        return new TallyKey(
                JobStatus.of(row.getString(1)), row.getInt(2), row.getString(3), row.getString(4), row.getString(5));
    }
}
