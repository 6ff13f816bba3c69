// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.commit;

import io.jobyard.api.JobId;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.store.jpa.incarnation.Incarnations;
import io.jobyard.store.jpa.incarnation.RunHolder;
import io.jobyard.store.jpa.rows.JobRows;
import io.jobyard.store.jpa.rows.RunningTable;
import io.jobyard.store.jpa.rows.SignalTable;
import io.jobyard.store.jpa.rows.StepTable;
import io.jobyard.store.jpa.sql.Ids;
import io.jobyard.store.jpa.sql.Session;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads that changes need before they write steps, signals and output of jobs, made once for all jobs of a transaction. If an earlier
 * change of the transaction has modified a job, it is read again.
 */
final class WorkReads {

    private static final String HOLD = "SELECT id FROM job WHERE id IN (?) ORDER BY id FOR UPDATE";
    private static final String HOLDERS = "SELECT id, run, host FROM job WHERE id IN (?) AND status = 'running'";

    /** Sends the earlier changes. */
    interface Rounds {
        void end() throws SQLException;
    }

    private interface WorkReader<T> {
        Map<JobId, T> read(Session session, Collection<JobId> ids) throws SQLException;
    }

    /** One kind of read. */
    final class WorkLook<T> {

        private final WorkReader<T> reader;
        private final boolean isOfRow;
        private final Set<JobId> foreseen = new HashSet<>();
        private final Set<JobId> seen = new HashSet<>();
        private final Map<JobId, T> found = new HashMap<>();

        private WorkLook(boolean isOfRow, WorkReader<T> reader) {
            this.isOfRow = isOfRow;
            this.reader = reader;
        }

        private @Nullable T at(JobId id) throws SQLException {
            if (moved.contains(id) || !isOfRow && worked.contains(id)) {
                rounds.end();
                return reader.read(session, Set.of(id)).get(id);
            }
            if (!seen.contains(id)) {
                foreseen.add(id);
                found.putAll(reader.read(session, foreseen));
                seen.addAll(foreseen);
                foreseen.clear();
            }
            return found.get(id);
        }
    }

    private final Session session;
    private final Incarnations lives;
    private final RunningTable running;
    private final boolean isShared;
    private final Rounds rounds;
    private final WorkLook<RunHolder> holders = new WorkLook<>(true, WorkReads::holders);
    private final WorkLook<StoredJob> jobs;
    private final WorkLook<List<StepTable.Open>> waits = new WorkLook<>(false, StepTable::open);
    private final WorkLook<List<String>> signals = new WorkLook<>(false, SignalTable::untaken);
    private final WorkLook<Integer> lastSignals = new WorkLook<>(false, SignalTable::last);
    private final Set<JobId> held = new TreeSet<>(); // sorted, so that hosts lock jobs in the same order
    private final Set<JobId> moved = new HashSet<>();
    private final Set<JobId> worked = new HashSet<>();
    private boolean isAsked;

    /** Creates the reads. On a shared database, the reads lock the rows of jobs. */
    WorkReads(Session session, CommitterTables tables, JobRows rows, boolean isShared, Rounds rounds) {
        this.session = session;
        this.lives = tables.lives();
        this.running = tables.jobs().running();
        this.isShared = isShared;
        this.rounds = rounds;
        jobs = new WorkLook<>(true, (asking, ids) -> {
            Map<JobId, StoredJob> found = new LinkedHashMap<>();
            rows.stored(asking, ids).forEach(job -> found.put(job.id(), job));
            tables.histories().trails().read(asking, found.values());
            return found;
        });
    }

    private static Map<JobId, RunHolder> holders(Session session, Collection<JobId> ids) throws SQLException {
        Map<JobId, RunHolder> found = new HashMap<>();
        session.in(HOLDERS, ids, row -> found.put(Ids.first(row), new RunHolder(row.getInt(2), row.getInt(3))));
        return found;
    }

    /** Registers a change that writes for a run only if the run holds its job. */
    void foreseeRun(JobId job) {
        isAsked = true;
        holders.foreseen.add(job);
    }

    /** Registers a change that makes a job wait. */
    void foreseeWait(JobId job, @Nullable String awaits) {
        isAsked = true;
        waits.foreseen.add(job);
        if (awaits != null) {
            held.add(job);
            signals.foreseen.add(job);
        }
    }

    /** Registers a signal to a job. */
    void foreseeSignal(JobId job) {
        foreseeWait(job, "");
        jobs.foreseen.add(job);
        lastSignals.foreseen.add(job);
    }

    /**
     * Locks the registered rows before all other statements of the transaction, so that a later transaction sees the rows of an earlier
     * transaction.
     */
    void hold() throws SQLException {
        if (isShared) {
            session.in(HOLD, held, Ids::first);
        }
    }

    /** Records that a job has changed. */
    void moved(JobId job) {
        if (isAsked) {
            moved.add(job);
        }
    }

    /** Records that stored steps, signals or output of a job have changed. */
    void worked(JobId job) {
        worked.add(job);
    }

    /** Returns whether the run still holds its job. */
    boolean holds(Assignment run) throws SQLException {
        JobId job = run.stored().id();
        RunHolder holder = isShared ? holders.at(job) : remembered(job);
        return holder != null && holder.is(run, lives);
    }

    /**
     * Returns the run that holds a job, without a query; null if it is unknown. Only a database of one host has this information in memory.
     */
    private @Nullable RunHolder remembered(JobId job) throws SQLException {
        if (moved.contains(job)) {
            rounds.end();
        }
        return running.holder(session, job);
    }

    @Nullable
    StoredJob job(JobId id) throws SQLException {
        return jobs.at(id);
    }

    /** Returns the unfinished waits of a job. */
    List<StepTable.Open> waits(JobId job) throws SQLException {
        List<StepTable.Open> open = waits.at(job);
        return open == null ? List.of() : open;
    }

    /** Returns the names of the job's signals that no wait has taken. */
    List<String> signals(JobId job) throws SQLException {
        List<String> untaken = signals.at(job);
        return untaken == null ? List.of() : untaken;
    }

    int lastSignal(JobId job) throws SQLException {
        Integer last = lastSignals.at(job);
        return last == null ? 0 : last;
    }
}
