// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.rows;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.jobs.EdgeChange;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.Edge;
import io.jobyard.spi.store.JobKey;
import io.jobyard.spi.store.JobStore;
import io.jobyard.store.jpa.sql.Ids;
import io.jobyard.store.jpa.sql.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rows that follow the changes of jobs: timers, keys, edges to dependent jobs, and the failed dependencies. */
public final class EdgeAndKeyTables {

    private static final String TIMER = "INSERT INTO timer (due_at, job_id) VALUES (?,?)";
    private static final String NO_TIMER = "DELETE FROM timer WHERE due_at = ? AND job_id = ?";
    private static final int KEYS_AT_ONCE = 8;
    private static final String KEY_HOLDER = "SELECT job_key, job_id FROM live_key WHERE submitter = ? AND job_key = ?";
    private static final String KEY_HOLDERS = String.join(" UNION ALL ", Collections.nCopies(KEYS_AT_ONCE, KEY_HOLDER));
    private static final String KEY = "INSERT INTO live_key (submitter, job_key, job_id) VALUES (?,?,?)";
    private static final String NO_KEY = "DELETE FROM live_key WHERE submitter = ? AND job_key = ? AND job_id = ?";
    private static final String EDGE = "INSERT INTO edge (parent, child) VALUES (?,?)";
    private static final String EDGES = "SELECT parent, child FROM edge WHERE parent IN (?) FETCH FIRST "
            + (JobStore.MAX_DEPENDENTS + 1) + " ROWS ONLY";
    private static final String ANY_EDGE = "SELECT 1 FROM edge WHERE parent IN (?) FETCH FIRST 1 ROWS ONLY";
    private static final String NO_EDGE = "DELETE FROM edge WHERE parent = ? AND child = ?";

    private static final String BLAME = "INSERT INTO blame (parent, child) VALUES (?,?)";
    private static final String NO_BLAME = "DELETE FROM blame WHERE parent = ? AND child = ?";

    private EdgeAndKeyTables() {}

    /**
     * Updates the rows for a change of a job.
     *
     * @param before the job before the change; null for a new job
     */
    public static void follow(Session session, @Nullable StoredJob before, StoredJob after) throws SQLException {
        followTimer(session, before, after);
        JobKey held = JobKey.heldBy(before);
        JobKey holds = JobKey.heldBy(after);
        boolean anotherLife = before != null && before.job().status().isFinished() && held != null && holds != null;
        if (!Objects.equals(held, holds) || anotherLife) { // another job may have the key now
            if (held != null) {
                key(session, NO_KEY, held, after.id());
            }
            if (holds != null) {
                key(session, KEY, holds, after.id());
            }
        }
    }

    /** Frees the key of a finished job, so that this job can use it. */
    public static void freeKey(Session session, AdmittedJob job) throws SQLException {
        JobKey key = JobKey.of(job.stored());
        if (job.takesKeyOf() != null && key != null) {
            key(session, NO_KEY, key, job.takesKeyOf());
        }
    }

    /** Deletes the rows of a removed job. */
    public static void removed(Session session, StoredJob job) throws SQLException {
        JobKey held = JobKey.heldBy(job);
        if (held != null) {
            key(session, NO_KEY, held, job.id());
        }
    }

    public static void runRemoved(Session session) throws SQLException {
        session.batch(NO_KEY).run();
    }

    private static void key(Session session, String sql, JobKey key, JobId id) throws SQLException {
        session.batch(sql).text(key.submitter()).text(key.key()).id(id).add();
    }

    public static Optional<JobId> keyHolder(Session session, JobKey key) throws SQLException {
        return Optional.ofNullable(
                keyHolders(session, key.submitter(), List.of(key.key())).get(key.key()));
    }

    /**
     * Returns the holders of these keys. Reads some keys at a time, as a union of index lookups: for a list of keys, Derby would read all
     * keys of the submitter.
     */
    public static Map<String, JobId> keyHolders(Session session, String submitter, Collection<String> keys)
            throws SQLException {
        Map<String, JobId> holders = new HashMap<>();
        List<String> all = List.copyOf(keys);
        for (int from = 0; from < all.size(); from += KEYS_AT_ONCE) {
            List<String> chunk = all.subList(from, Math.min(from + KEYS_AT_ONCE, all.size()));
            int looks =
                    chunk.size() == 1 ? 1 : KEYS_AT_ONCE; // only two different statements, however many keys there are
            List<Object> values = new ArrayList<>();
            for (int n = 0; n < looks; n++) {
                values.add(submitter);
                values.add(chunk.get(Math.min(n, chunk.size() - 1)));
            }
            session.list(
                    looks == 1 ? KEY_HOLDER : KEY_HOLDERS,
                    row -> holders.put(row.getString(1), Ids.job(Objects.requireNonNull(row.getBytes(2)))),
                    values.toArray());
        }
        return holders;
    }

    private static void followTimer(Session session, @Nullable StoredJob before, StoredJob after) throws SQLException {
        if (before != null
                && Objects.equals(before.books().dueAt(), after.books().dueAt())) {
            return;
        }
        if (before != null && before.books().dueAt() != null) {
            session.batch(NO_TIMER)
                    .instant(before.books().dueAt())
                    .id(before.id())
                    .add();
        }
        if (after.books().dueAt() != null) {
            session.batch(TIMER).instant(after.books().dueAt()).id(after.id()).add();
        }
    }

    /** Adds to the next message the query whether jobs depend on these jobs. Only for a session that joins statements. */
    public static void findsEdges(Session session, Collection<JobId> parents, Session.FoundAnswer answer)
            throws SQLException {
        for (List<byte[]> chunk : Ids.chunks(parents)) {
            session.finds(Session.sized(ANY_EDGE, chunk.size()), answer, chunk.toArray());
        }
    }

    /** Returns the edges from finished jobs; if there are more than one commit releases, only one more than that. */
    public static List<Edge> edges(Session session, Map<JobId, JobStatus> ended) throws SQLException {
        return session.in(EDGES, ended.keySet(), row -> {
            JobId parent = Ids.job(row.getBytes(1));
            return new Edge(parent, Objects.requireNonNull(ended.get(parent)), Ids.job(row.getBytes(2)));
        });
    }

    public static void addEdges(Session session, Set<JobId> parents, JobId child) throws SQLException {
        for (JobId parent : parents) {
            session.batch(EDGE).id(parent).id(child).add();
        }
    }

    /** Changes the edges of a job. After a retry, removes the record of failed dependencies. */
    public static void change(Session session, EdgeChange change, JobId child, boolean anotherLife)
            throws SQLException {
        for (JobId parent : change.released()) {
            session.batch(NO_EDGE).id(parent).id(child).add();
            if (anotherLife) {
                session.batch(NO_BLAME).id(parent).id(child).add();
            }
        }
        addEdges(session, change.awaited(), child);
        for (JobId parent : change.blamed()) {
            session.batch(BLAME).id(parent).id(child).add();
        }
    }

    public static void run(Session session) throws SQLException {
        for (String sql : new String[] {NO_TIMER, TIMER, NO_KEY, KEY, NO_EDGE, EDGE, NO_BLAME, BLAME}) {
            session.batch(sql).later();
        }
    }
}
