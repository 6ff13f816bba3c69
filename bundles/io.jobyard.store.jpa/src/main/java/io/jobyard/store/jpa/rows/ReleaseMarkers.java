// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.rows;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.store.jpa.sql.Ids;
import io.jobyard.store.jpa.sql.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Release markers of one transaction: rows for finished jobs whose dependent jobs are still to be released. Written at the end of the
 * transaction, when its edges are stored.
 */
public final class ReleaseMarkers {

    private static final String PARENTS = "SELECT DISTINCT parent FROM edge WHERE parent IN (?)";
    private static final String NAMED = "SELECT id, status FROM job WHERE id IN (?)";

    /**
     * Locks rows of jobs in shared mode, so that another host cannot finish one of them before the edges from it are stored. It would not
     * release them.
     */
    private static final String HELD = " ORDER BY id FOR SHARE";

    private static final String MARKED = "SELECT parent FROM release_marker WHERE parent IN (?)";
    private static final String MARK = "INSERT INTO release_marker (parent) VALUES (?)";
    private static final String UNMARK = "DELETE FROM release_marker WHERE parent = ?"
            + " AND NOT EXISTS (SELECT 1 FROM edge WHERE edge.parent = release_marker.parent)";

    /** Ignores a row that another host has inserted meanwhile. */
    private static final String IF_MISSING = " ON CONFLICT DO NOTHING";

    /** Locks the markers, so that an admission that relies on a marker either precedes its removal or writes a new one. */
    private static final String ENDED = "SELECT id FROM job WHERE id IN (?) ORDER BY id FOR UPDATE";

    private static final String REVIVE = "DELETE FROM release_marker WHERE parent = ?";

    private final Set<JobId> ended = new HashSet<>();
    private final Set<JobId> again = new HashSet<>();
    private final Set<JobId> parents = new HashSet<>();
    private final Set<JobId> named = new TreeSet<>();
    private final Set<JobId> admitted = new HashSet<>();
    private final List<JobId> released = new ArrayList<>();

    private final boolean isShared;

    /** @param isShared whether other hosts write to the database */
    public ReleaseMarkers(boolean isShared) {
        this.isShared = isShared;
    }

    public void changed(@Nullable StoredJob before, StoredJob after) {
        if (after.job().status().isFinished()) {
            ended.add(after.id());
            again.remove(after.id());
        } else if (before != null && before.job().status().isFinished()) {
            ended.remove(after.id());
            again.add(after.id());
        }
    }

    public void admitted(AdmittedJob job) {
        admitted.add(job.stored().id());
        awaited(job.edges(), job.dependencies());
        changed(null, job.stored());
    }

    /**
     * Registers new edges.
     *
     * @param edges jobs that the edges start from
     * @param dependencies jobs that must still exist
     */
    public void awaited(Collection<JobId> edges, Collection<JobId> dependencies) {
        parents.addAll(edges);
        named.addAll(dependencies);
    }

    /** Registers jobs without remaining edges. */
    public void settled(Collection<JobId> parents) {
        ended.removeAll(parents);
    }

    public void released(List<JobId> done) {
        released.addAll(done);
    }

    /** Checks the jobs that new edges start from: each must still exist. */
    private void endedEarlier(Session session) throws SQLException {
        named.removeAll(admitted); // the state of new jobs is known
        List<JobId> found = session.in(isShared ? NAMED + HELD : NAMED, named, row -> {
            JobId id = Ids.job(row.getBytes(1));
            if (parents.contains(id) && JobStatus.of(row.getString(2)).isFinished()) {
                ended.add(id);
            }
            return id;
        });
        found.forEach(named::remove);
        if (!named.isEmpty()) {
            throw new SQLException("dependencies were removed: " + named);
        }
    }

    /** Writes and removes markers. Returns the jobs that this transaction has marked. */
    public Set<JobId> write(Session session) throws SQLException {
        endedEarlier(session);
        Set<JobId> marked = new HashSet<>(session.in(PARENTS, ended, Ids::first));
        Set<JobId> missing = new HashSet<>(marked);
        missing.removeAll(new HashSet<>(session.in(MARKED, marked, Ids::first)));
        for (JobId parent : again) {
            session.batch(REVIVE).id(parent).add();
        }
        session.batch(REVIVE).later();
        String mark = isShared ? MARK + IF_MISSING : MARK;
        for (JobId parent : missing) {
            session.batch(mark).id(parent).add();
        }
        session.batch(mark).later();
        if (isShared) {
            session.in(ENDED, released, Ids::first);
        }
        for (JobId parent : released) {
            session.batch(UNMARK).id(parent).add();
        }
        session.batch(UNMARK).later();
        return marked;
    }
}
