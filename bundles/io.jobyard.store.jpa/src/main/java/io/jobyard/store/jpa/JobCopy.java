// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.JobId;
import io.jobyard.store.api.StoreDialect;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Copies the jobs into the table of a new layout, the youngest first, in slices of a transaction each: so it goes on where a
 * host that was killed left it, and a million jobs need no room in the log.
 */
final class JobCopy {

    /** Some megabytes of the log, and less than a second: whoever waits for the start sees it go on. */
    static final int SLICE = 10_000;

    private static final String JOBS = "SELECT COUNT(*) FROM job";
    private static final String BEGIN = "INSERT INTO job_copied (jobs, copied, down_to) VALUES (?,0,?)";
    private static final String PROGRESS = "SELECT jobs, copied, down_to FROM job_copied";
    private static final String GO_ON = "UPDATE job_copied SET copied = copied + ?, down_to = ?";

    private record Progress(long jobs, long copied, JobId downTo) {}

    private final SchemaScript script;
    private final Session session;
    private final StoreDialect dialect;
    private final Consumer<String> doing;
    private final int slice;

    JobCopy(SchemaScript script, Session session, StoreDialect dialect, Consumer<String> doing, int slice) {
        this.script = script;
        this.session = session;
        this.dialect = dialect;
        this.doing = doing;
        this.slice = slice;
    }

    /** How many jobs there are to copy. */
    static long jobs(Session session) throws SQLException {
        return session.list(JOBS, row -> row.getLong(1)).get(0);
    }

    /** Makes the new tables beside the old ones; the caller commits. */
    void begin() throws SQLException {
        SchemaScript.run(session, script.statements(SchemaScript.BEGIN, dialect));
        StatementBatch row = session.batch(BEGIN);
        row.number(jobs(session)).id(Ids.GREATEST).add();
        row.run();
    }

    /** Commits slice by slice. */
    void copy() throws SQLException {
        List<String> statements = script.statements(SchemaScript.SLICE, dialect);
        String least = "SELECT id FROM job" + dialect.withIndex("job_id") + " WHERE id < ? ORDER BY id DESC OFFSET "
                + (slice - 1) + " ROWS FETCH NEXT 1 ROW ONLY";
        Progress progress = progress();
        while (progress.copied() < progress.jobs() && !progress.downTo().equals(Ids.LEAST)) {
            doing.accept(
                    "copying the jobs into the new layout: %,d of %,d".formatted(progress.copied(), progress.jobs()));
            List<JobId> found = session.list(least, Ids::first, progress.downTo());
            copy(statements, progress.downTo(), found.isEmpty() ? Ids.LEAST : found.get(0));
            progress = progress();
        }
    }

    private void copy(List<String> statements, JobId above, JobId least) throws SQLException {
        int copied = -1;
        for (String sql : statements) {
            StatementBatch batch = session.batch(sql);
            batch.id(above).id(least).add();
            int count = batch.run()[0];
            copied = copied < 0 ? count : copied; // the first statement copies, the others follow it
        }
        StatementBatch place = session.batch(GO_ON);
        place.number(copied).id(least).add();
        place.run();
        session.connection().commit();
    }

    private Progress progress() throws SQLException {
        return session.list(PROGRESS, row -> new Progress(row.getLong(1), row.getLong(2), Ids.job(row.getBytes(3))))
                .get(0);
    }

    /** Puts the new table in the place of the old one; the caller commits. */
    void finish() throws SQLException {
        Progress progress = progress();
        if (progress.copied() != progress.jobs()) {
            throw new IllegalStateException(
                    progress.copied() + " of " + progress.jobs() + " jobs were copied: the old ones are kept");
        }
        if (progress.jobs() > 0) {
            doing.accept("ordering the jobs in the new layout");
            fillRunning();
        }
        SchemaScript.run(session, script.statements(SchemaScript.FINISH, dialect));
    }

    /** No host is at work now: the next one finds here what the dead ones ran. */
    private void fillRunning() throws SQLException {
        String running = "SELECT incarnation.number, job.id FROM job" + dialect.withIndex("job_lane")
                + " JOIN incarnation ON incarnation.id = job.incarnation WHERE job.lane = 0 ORDER BY job.id";
        SortedMap<Integer, List<JobId>> ids = new TreeMap<>();
        session.list(
                running,
                row -> ids.computeIfAbsent(row.getInt(1), any -> new ArrayList<>())
                        .add(Ids.job(row.getBytes(2))));
        for (var one : ids.entrySet()) {
            RunningTable.begin(session, one.getKey(), one.getValue());
        }
    }
}
