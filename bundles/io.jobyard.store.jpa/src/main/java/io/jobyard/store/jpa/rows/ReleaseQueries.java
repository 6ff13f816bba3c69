// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.rows;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.store.Edge;
import io.jobyard.spi.store.ReleaseSlice;
import io.jobyard.store.jpa.sql.Ids;
import io.jobyard.store.jpa.sql.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Queries for finished jobs with dependent jobs to release, and for jobs that they released. */
public final class ReleaseQueries {

    private static final String MARKERS = "SELECT parent FROM release_marker ORDER BY parent FETCH FIRST ? ROWS ONLY";
    private static final String CHILDREN =
            "SELECT child FROM edge WHERE parent = ? ORDER BY child FETCH FIRST ? ROWS ONLY";
    private static final String DEPENDENTS =
            "SELECT child FROM edge WHERE parent = ? AND child > ? ORDER BY child FETCH FIRST ? ROWS ONLY";
    private static final String BLAMING =
            "SELECT child FROM blame WHERE parent = ? AND child > ? ORDER BY child FETCH FIRST ? ROWS ONLY";
    private static final String OUTCOMES = "SELECT id, status FROM job WHERE id IN (?)";

    private ReleaseQueries() {}

    public static ReleaseSlice releases(Session session, int limit) throws SQLException {
        List<JobId> marked = session.list(MARKERS, Ids::first, limit);
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
        return session.list(CHILDREN, row -> new Edge(parent, outcome, Ids.first(row)), parent, limit);
    }

    public static List<JobId> dependents(Session session, JobId parent, @Nullable JobId after, int limit)
            throws SQLException {
        return session.list(DEPENDENTS, Ids::first, parent, after == null ? Ids.LEAST : after, limit);
    }

    public static List<JobId> endedBecauseOf(Session session, JobId parent, @Nullable JobId after, int limit)
            throws SQLException {
        return session.list(BLAMING, Ids::first, parent, after == null ? Ids.LEAST : after, limit);
    }
}
