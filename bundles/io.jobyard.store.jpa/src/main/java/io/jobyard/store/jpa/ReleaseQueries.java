// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.spi.Edge;
import io.jobyard.api.spi.ReleaseSlice;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What ended jobs have still to release, and whom they took along. */
final class ReleaseQueries {

    private static final String MARKERS = "SELECT parent FROM release_marker ORDER BY parent FETCH FIRST ? ROWS ONLY";
    private static final String CHILDREN =
            "SELECT child FROM edge WHERE parent = ? ORDER BY child FETCH FIRST ? ROWS ONLY";
    private static final String BLAMING =
            "SELECT child FROM blame WHERE parent = ? AND child > ? ORDER BY child FETCH FIRST ? ROWS ONLY";
    private static final String OUTCOMES = "SELECT id, status FROM job WHERE id IN (?)";
    private static final JobId LEAST = new JobId(new UUID(0, 0));

    private ReleaseQueries() {}

    static ReleaseSlice releases(Session session, int limit) throws SQLException {
        PreparedStatement query = session.query(MARKERS);
        query.setInt(1, limit);
        List<JobId> marked = session.list(query, ReleaseQueries::id);
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

    static List<JobId> endedBecauseOf(Session session, JobId parent, @Nullable JobId after, int limit) throws SQLException {
        PreparedStatement query = session.query(BLAMING);
        query.setBytes(1, Ids.bytes(parent.value()));
        query.setBytes(2, Ids.bytes((after == null ? LEAST : after).value()));
        query.setInt(3, limit);
        return session.list(query, ReleaseQueries::id);
    }

    private static JobId id(ResultSet row) throws SQLException {
        return Ids.job(row.getBytes(1));
    }
}
