// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.rows;

import io.jobyard.api.JobId;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.ReadyJob;
import io.jobyard.store.api.SqlDialect;
import io.jobyard.store.jpa.sql.AmountText;
import io.jobyard.store.jpa.sql.Ids;
import io.jobyard.store.jpa.sql.Session;
import io.jobyard.store.jpa.sql.Utc;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Queries for ready jobs, in the order of their index. */
public final class LaneQueries {

    private static final String FIRST = " FETCH FIRST ? ROWS ONLY";
    private static final String ESTIMATES = "SELECT id, estimates FROM job WHERE id IN (?)";

    private final SqlDialect dialect;
    private final LaneTable lanes;
    private final String head;
    private final String beside;
    private final String behind;
    private final String whole;

    public LaneQueries(SqlDialect dialect, LaneTable lanes) {
        this.dialect = dialect;
        this.lanes = lanes;
        String byLane = " FROM ready" + dialect.withIndex("ready_position") + " WHERE lane = ";
        String order = " ORDER BY lane, ready_at, id" + FIRST;
        head = "SELECT ready_at, id" + byLane + "?" + order;
        beside = "SELECT ready_at, id" + byLane + "? AND ready_at = ? AND id > ?" + order;
        whole = "SELECT lane, ready_at, id FROM ready" + dialect.withIndex("ready_position") + " WHERE lane IN (?)";
        behind = "SELECT ready_at, id" + byLane + "? AND ready_at > ?" + order;
    }

    /** Returns ready jobs of a lane after a position. If the lane has estimates, another read by key adds them. */
    public List<ReadyJob> ready(Session session, LaneKey lane, @Nullable ReadyJob after, int limit)
            throws SQLException {
        List<ReadyJob> positions = positions(session, lane, after, limit);
        return lane.estimated() ? estimated(session, positions) : positions;
    }

    /** Returns the ready jobs of several lanes, each after a position, to the end of the lane. */
    public Map<LaneKey, List<ReadyJob>> ready(Session session, Map<LaneKey, ReadyJob> after) throws SQLException {
        Map<Integer, LaneKey> numbers = lanes.find(session, dialect, after.keySet());
        Map<LaneKey, List<ReadyJob>> found = new HashMap<>();
        session.inNumbers(
                whole,
                numbers.keySet(),
                row -> found.computeIfAbsent(numbers.get(row.getInt(1)), any -> new ArrayList<>())
                        .add(new ReadyJob(Utc.present(row, 2), Ids.job(row.getBytes(3)))));
        for (Map.Entry<LaneKey, List<ReadyJob>> lane : found.entrySet()) {
            ReadyJob last = Objects.requireNonNull(after.get(lane.getKey()));
            List<ReadyJob> positions = lane.getValue().stream()
                    .filter(position -> position.compareTo(last) > 0)
                    .sorted()
                    .toList();
            lane.setValue(lane.getKey().estimated() ? estimated(session, positions) : positions);
        }
        return found;
    }

    private static List<ReadyJob> estimated(Session session, List<ReadyJob> positions) throws SQLException {
        Map<JobId, Map<String, Double>> estimates = new HashMap<>();
        session.in(
                ESTIMATES,
                positions.stream().map(ReadyJob::id).toList(),
                row -> estimates.put(Ids.first(row), AmountText.read(row.getString(2))));
        return positions.stream()
                .map(position -> new ReadyJob(
                        position.readyAt(), position.id(), estimates.getOrDefault(position.id(), Map.of())))
                .toList();
    }

    private List<ReadyJob> positions(Session session, LaneKey lane, @Nullable ReadyJob after, int limit)
            throws SQLException {
        OptionalInt number = lanes.find(session, lane);
        if (number.isEmpty()) {
            return List.of();
        }
        if (after == null) {
            return session.list(head, LaneQueries::position, number.getAsInt(), limit);
        }
        return behind(session, number.getAsInt(), after, limit);
    }

    /** Returns the jobs after a position, as two ranges: a single condition would read all jobs that became ready at the same instant. */
    private List<ReadyJob> behind(Session session, int lane, ReadyJob after, int limit) throws SQLException {
        List<ReadyJob> found = session.list(beside, LaneQueries::position, lane, after.readyAt(), after.id(), limit);
        if (found.size() < limit) {
            found.addAll(session.list(behind, LaneQueries::position, lane, after.readyAt(), limit - found.size()));
        }
        return found;
    }

    private static ReadyJob position(ResultSet row) throws SQLException {
        return new ReadyJob(Utc.present(row, 1), Ids.job(row.getBytes(2)));
    }
}
