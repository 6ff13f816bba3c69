// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.EventCursor;
import io.jobyard.api.JobEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.JobPage;
import io.jobyard.api.JobQuery;
import io.jobyard.api.JobStatus;
import io.jobyard.api.spi.Edge;
import io.jobyard.api.spi.JobKey;
import io.jobyard.api.spi.JobReads;
import io.jobyard.api.spi.LaneKey;
import io.jobyard.api.spi.ReadyJob;
import io.jobyard.api.spi.ReleaseSlice;
import io.jobyard.store.api.StoreDialect;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which jobs: every question whose plan matters. Each is answered in the order of an index. */
final class Queries {

    private static final String FIRST = " FETCH FIRST ? ROWS ONLY";
    private static final String KEY_HOLDER = "SELECT job_id FROM live_key WHERE submitter = ? AND job_key = ?";
    private static final String DUE = "SELECT job_id FROM timer WHERE due_at <= ? ORDER BY due_at, job_id" + FIRST;
    private static final String NEXT_DUE = "SELECT MIN(due_at) FROM timer";
    private static final String MARKERS = "SELECT parent FROM release_marker ORDER BY parent" + FIRST;
    private static final String CHILDREN = "SELECT child FROM edge WHERE parent = ? ORDER BY child" + FIRST;
    private static final String BLAMING =
            "SELECT child FROM blame WHERE parent = ? AND child > ? ORDER BY child" + FIRST;
    private static final JobId LEAST = new JobId(new UUID(0, 0));
    private static final String OUTCOMES = "SELECT id, status FROM job WHERE id IN (?)";

    private static final String WITH_ID = "SELECT id FROM job WHERE id IN (?)";
    private static final int WHOLE = 32;
    private static final String ESTIMATES = "SELECT id, estimates FROM job WHERE id IN (?)";

    private final StoreDialect dialect;
    private final LaneTable lanes;
    private final String head;
    private final String beside;
    private final String behind;
    private final String lost;
    private final String ids;
    private final EventTable events;

    Queries(StoreDialect dialect, LaneTable lanes) {
        this.dialect = dialect;
        this.lanes = lanes;
        String byLane = " FROM job" + dialect.withIndex("job_lane") + " WHERE lane = ";
        String order = " ORDER BY lane, ready_at, id" + FIRST;
        head = "SELECT ready_at, id" + byLane + "?" + order;
        beside = "SELECT ready_at, id" + byLane + "? AND ready_at = ? AND id > ?" + order;
        behind = "SELECT ready_at, id" + byLane + "? AND ready_at > ?" + order;
        lost = "SELECT id" + byLane + LaneTable.RUNNING + " AND incarnation <> ?" + order;
        events = new EventTable(dialect);
        ids = "SELECT id FROM job" + dialect.withIndex("job_id") + " ORDER BY id DESC" + FIRST;
    }

    static Optional<JobId> keyHolder(Session session, JobKey key) throws SQLException {
        PreparedStatement query = session.query(KEY_HOLDER);
        query.setString(1, key.submitter());
        query.setString(2, key.key());
        return session.list(query, Queries::id).stream().findFirst();
    }

    /** The places of an estimated lane take one further read, by their keys. */
    List<ReadyJob> ready(Session session, LaneKey lane, @Nullable ReadyJob after, int limit) throws SQLException {
        List<ReadyJob> places = places(session, lane, after, limit);
        return lane.estimated() ? estimated(session, places) : places;
    }

    private static List<ReadyJob> estimated(Session session, List<ReadyJob> places) throws SQLException {
        Map<JobId, Map<String, Double>> estimates = new HashMap<>();
        session.in(
                ESTIMATES,
                places.stream().map(ReadyJob::id).toList(),
                row -> estimates.put(id(row), Amounts.read(row.getString(2))));
        return places.stream()
                .map(place -> new ReadyJob(place.readyAt(), place.id(), estimates.getOrDefault(place.id(), Map.of())))
                .toList();
    }

    private List<ReadyJob> places(Session session, LaneKey lane, @Nullable ReadyJob after, int limit)
            throws SQLException {
        OptionalInt number = lanes.find(session, lane);
        if (number.isEmpty()) {
            return List.of();
        }
        if (after == null) {
            PreparedStatement query = session.query(head);
            query.setInt(1, number.getAsInt());
            query.setInt(2, limit);
            return session.list(query, Queries::place);
        }
        return behind(session, number.getAsInt(), after, limit);
    }

    /** Two ranges: one condition for both would visit all that became ready at the same instant. */
    private List<ReadyJob> behind(Session session, int lane, ReadyJob after, int limit) throws SQLException {
        PreparedStatement query = session.query(beside);
        query.setInt(1, lane);
        query.setObject(2, Utc.micros(after.readyAt()), Types.BIGINT);
        query.setBytes(3, Ids.bytes(after.id().value()));
        query.setInt(4, limit);
        List<ReadyJob> found = session.list(query, Queries::place);
        if (found.size() < limit) {
            query = session.query(behind);
            query.setInt(1, lane);
            query.setObject(2, Utc.micros(after.readyAt()), Types.BIGINT);
            query.setInt(3, limit - found.size());
            found.addAll(session.list(query, Queries::place));
        }
        return found;
    }

    private static ReadyJob place(ResultSet row) throws SQLException {
        return new ReadyJob(Utc.present(row, 1), Ids.job(row.getBytes(2)));
    }

    List<JobId> lostRuns(Session session, UUID incarnation, int limit) throws SQLException {
        PreparedStatement query = session.query(lost);
        query.setBytes(1, Ids.bytes(incarnation));
        query.setInt(2, limit);
        return session.list(query, Queries::id);
    }

    List<JobId> due(Session session, Instant until, int limit) throws SQLException {
        PreparedStatement query = session.query(DUE);
        query.setObject(1, Utc.micros(until), Types.BIGINT);
        query.setInt(2, limit);
        return session.list(query, Queries::id);
    }

    Optional<Instant> nextDue(Session session) throws SQLException {
        return session.list(session.query(NEXT_DUE), row -> Optional.ofNullable(Utc.read(row, 1)))
                .get(0);
    }

    ReleaseSlice releases(Session session, int limit) throws SQLException {
        PreparedStatement query = session.query(MARKERS);
        query.setInt(1, limit);
        List<JobId> marked = session.list(query, Queries::id);
        Set<JobId> parents = new LinkedHashSet<>();
        List<Edge> edges = new ArrayList<>();
        for (JobId parent : marked) {
            if (edges.size() < limit) {
                parents.add(parent);
                edges.addAll(edges(session, parent, limit - edges.size()));
            }
        }
        return new ReleaseSlice(parents, edges);
    }

    private static List<Edge> edges(Session session, JobId parent, int limit) throws SQLException {
        JobStatus outcome = session.in(OUTCOMES, List.of(parent), row -> JobStatus.of(row.getString(2)))
                .get(0);
        PreparedStatement query = session.query(CHILDREN);
        query.setBytes(1, Ids.bytes(parent.value()));
        query.setInt(2, limit);
        return session.list(query, row -> new Edge(parent, outcome, id(row)));
    }

    List<JobId> endedBecauseOf(Session session, JobId parent, @Nullable JobId after, int limit) throws SQLException {
        PreparedStatement query = session.query(BLAMING);
        query.setBytes(1, Ids.bytes(parent.value()));
        query.setBytes(2, Ids.bytes((after == null ? LEAST : after).value()));
        query.setInt(3, limit);
        return session.list(query, Queries::id);
    }

    JobPage find(Session session, JobQuery asked, Set<String> routed) throws SQLException {
        return JobSearch.find(session, dialect, asked, routed, JobSearch.Reach.USUAL);
    }

    List<JobEvent> events(Session session, EventCursor after, int limit) throws SQLException {
        return events.read(session, after, limit);
    }

    /** Reads ids only, from their index; a whole one is found by it. */
    List<JobId> endingWith(Session session, String ending, int limit) throws SQLException {
        String wanted = ending.toLowerCase(Locale.ROOT);
        if (wanted.length() == WHOLE) {
            return session.in(WITH_ID, List.of(whole(wanted)), Queries::id);
        }
        List<JobId> found = new ArrayList<>();
        PreparedStatement query = session.query(ids);
        query.setInt(1, JobReads.MOST_ENDINGS);
        try (ResultSet rows = query.executeQuery()) {
            while (found.size() < limit && rows.next()) {
                JobId id = id(rows);
                if (id.toString().replace("-", "").endsWith(wanted)) {
                    found.add(id);
                }
            }
        }
        return found;
    }

    private static JobId whole(String digits) {
        return new JobId(
                new UUID(Long.parseUnsignedLong(digits, 0, 16, 16), Long.parseUnsignedLong(digits, 16, 32, 16)));
    }

    private static JobId id(ResultSet row) throws SQLException {
        return Ids.job(row.getBytes(1));
    }
}
