// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.commit;

import io.jobyard.api.JobId;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.store.api.SqlDialect;
import io.jobyard.store.jpa.feed.SealTable;
import io.jobyard.store.jpa.rows.EdgeAndKeyTables;
import io.jobyard.store.jpa.rows.LargeTexts;
import io.jobyard.store.jpa.rows.NeededDependencies;
import io.jobyard.store.jpa.rows.ScheduleTables;
import io.jobyard.store.jpa.rows.StepTable;
import io.jobyard.store.jpa.sql.Ids;
import io.jobyard.store.jpa.sql.Session;
import io.jobyard.store.jpa.sql.Utc;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** SQL statements that remove jobs from the tables. */
public final class RemovalRows {

    private static final String ENDED = " AND status IN ('completed', 'failed', 'cancelled')";
    private static final String NO_JOB = "DELETE FROM job WHERE id = ? AND version = ?" + ENDED;
    private static final List<String> WITH_IT = List.of(
            "DELETE FROM job_text WHERE job_id = ?",
            "DELETE FROM trail_page WHERE job_id = ?",
            "DELETE FROM job_log WHERE job_id = ?");
    private static final String NO_EDGE = "DELETE FROM edge WHERE parent = ? AND child = ?";
    private static final String NO_BLAME = "DELETE FROM blame WHERE parent = ? AND child = ?";
    private static final String PARENTS = "SELECT DISTINCT parent FROM edge WHERE parent IN (?)";
    private static final String MARKED = "SELECT parent FROM release_marker WHERE parent IN (?)";
    private static final String EXISTING = "SELECT id FROM job WHERE id IN (?)";

    private record RemovableRow(
            JobId id, boolean ended, @Nullable String dependencies) {}

    private RemovalRows() {}

    /** Reads the dependencies of the unfinished jobs of a page. Returns the last ID of the page; empty after the last page. */
    public static Optional<JobId> unfinished(
            Session session, SqlDialect dialect, @Nullable JobId after, int limit, NeededDependencies needed)
            throws SQLException {
        String page = "SELECT id, completed_at, dependencies FROM job" + dialect.withIndex("job_id")
                + " WHERE id < ? ORDER BY id DESC FETCH FIRST ? ROWS ONLY";
        List<RemovableRow> rows = session.list(
                page,
                row -> new RemovableRow(Ids.first(row), Utc.read(row, 2) != null, row.getString(3)),
                after == null ? Ids.GREATEST : after,
                limit);
        List<JobId> large = new ArrayList<>();
        for (RemovableRow row : rows) {
            String dependencies = row.dependencies();
            if (!row.ended() && dependencies == null) {
                large.add(row.id());
            } else if (!row.ended() && dependencies != null) {
                needed.read(Ids.read(dependencies));
            }
        }
        LargeTexts.DEPENDENCIES.large(session, large).values().forEach(text -> needed.read(Ids.read(text)));
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(rows.get(rows.size() - 1).id());
    }

    /** Returns the finished jobs that no other job needs. */
    public static List<StoredJob> removable(Session session, Collection<StoredJob> jobs, NeededDependencies needed)
            throws SQLException {
        return removable(session, jobs, needed, keepers(session, jobs));
    }

    private static Set<JobId> keepers(Session session, Collection<StoredJob> jobs) throws SQLException {
        return KeptDataRemoval.keepers(session, jobs.stream().map(StoredJob::id).toList());
    }

    private static List<StoredJob> removable(
            Session session, Collection<StoredJob> jobs, NeededDependencies needed, Set<JobId> keepers)
            throws SQLException {
        List<JobId> ids = jobs.stream().map(StoredJob::id).toList();
        Set<JobId> held = new HashSet<>(session.in(PARENTS, ids, Ids::first));
        held.addAll(session.in(MARKED, ids, Ids::first));
        held.addAll(StepTable.awaited(session, keepers));
        Set<JobId> existing = existing(session, ids);
        return jobs.stream()
                .filter(job -> job.job().status().isFinished() && existing.contains(job.id()))
                .filter(job -> !held.contains(job.id()) && !needed.contains(job.id()))
                .toList();
    }

    public static Set<JobId> existing(Session session, Collection<JobId> ids) throws SQLException {
        return new HashSet<>(session.in(EXISTING, ids, Ids::first));
    }

    /** Removes the jobs that may be removed and have not changed. Returns the removed jobs. */
    public static List<StoredJob> remove(Session session, Collection<StoredJob> jobs, CommitterTables tables)
            throws SQLException {
        NeededDependencies needed = tables.jobs().needed();
        SealTable seals = tables.histories().seals();
        for (String text :
                LargeTexts.DEPENDENCIES.read(session, needed.takeRevived()).values()) {
            needed.read(Ids.read(text));
        }
        Set<JobId> keepers = keepers(session, jobs);
        List<StoredJob> gone = removeUnchanged(session, removable(session, jobs, needed, keepers), seals);
        for (String sql : WITH_IT) {
            session.batch(sql).run();
        }
        keepers.retainAll(gone.stream().map(StoredJob::id).toList());
        KeptDataRemoval.remove(session, keepers);
        session.batch(NO_EDGE).run();
        session.batch(NO_BLAME).run();
        ScheduleTables.runRemoved(session);
        EdgeAndKeyTables.runRemoved(session);
        tables.groups().removed(session, gone);
        seals.run(session);
        return gone;
    }

    /** Sends the removal of rows of unchanged jobs, and returns these jobs. The caller then removes their dependent rows. */
    private static List<StoredJob> removeUnchanged(Session session, List<StoredJob> candidates, SealTable seals)
            throws SQLException {
        List<JobId> ids = candidates.stream().map(StoredJob::id).toList();
        Map<JobId, String> dependencies = LargeTexts.DEPENDENCIES.read(session, ids);
        Map<JobId, byte[]> sealed = seals.read(session, ids);
        for (StoredJob job : candidates) {
            session.batch(NO_JOB).id(job.id()).number(job.books().version()).add();
        }
        int[] counts = session.batch(NO_JOB).run();
        List<StoredJob> gone = new ArrayList<>();
        for (int n = 0; n < counts.length; n++) {
            if (counts[n] == 1) {
                StoredJob job = candidates.get(n);
                gone.add(job);
                seals.follow(job.id(), new SealTable.SealChange(sealed.get(job.id()), null));
                removeRest(session, job.id());
                removeEdges(session, job.id(), Ids.read(dependencies.getOrDefault(job.id(), "")));
                ScheduleTables.removed(session, job);
                EdgeAndKeyTables.removed(session, job);
            }
        }
        return gone;
    }

    private static void removeRest(Session session, JobId id) throws SQLException {
        for (String sql : WITH_IT) {
            session.batch(sql).id(id).add();
        }
    }

    static void removeEdges(Session session, JobId id, List<JobId> parents) throws SQLException {
        for (JobId parent : parents) {
            session.batch(NO_EDGE).id(parent).id(id).add();
            session.batch(NO_BLAME).id(parent).id(id).add();
        }
    }
}
