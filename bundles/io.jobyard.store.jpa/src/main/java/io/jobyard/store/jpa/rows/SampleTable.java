// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.rows;

import io.jobyard.api.JobSample;
import io.jobyard.api.SampleStep;
import io.jobyard.store.jpa.sql.Session;
import io.jobyard.store.jpa.sql.StatementBatch;
import io.jobyard.store.jpa.sql.Utc;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Samples of the numbers of jobs. Only the committer writes them; any thread may read them. */
public final class SampleTable {

    private static final String KEY = "step = ? AND taken_at = ?";
    private static final String DELETE = "DELETE FROM job_sample WHERE " + KEY;
    private static final String INSERT = "INSERT INTO job_sample (step, taken_at, counts) VALUES (?,?,?)";
    private static final String ORDER = " ORDER BY taken_at FETCH FIRST ? ROWS ONLY";
    private static final String BETWEEN =
            "SELECT taken_at, counts FROM job_sample WHERE step = ? AND taken_at >= ? AND taken_at < ?" + ORDER;
    private static final String OLD = "SELECT taken_at FROM job_sample WHERE step = ? AND taken_at < ?" + ORDER;

    private SampleTable() {}

    /** Writes a sample, instead of an earlier one of the same step and time. */
    public static void keep(Session session, SampleStep step, JobSample sample) throws SQLException {
        delete(session, step, List.of(sample.at()));
        StatementBatch row = session.batch(INSERT);
        row.text(step.text())
                .instant(sample.at())
                .text(SampleText.write(sample.counts()))
                .add();
        row.run();
    }

    public static List<JobSample> between(Session session, SampleStep step, Instant since, Instant until, int limit)
            throws SQLException {
        return session.list(
                BETWEEN,
                row -> new JobSample(Utc.present(row, 1), SampleText.read(row.getString(2))),
                step.text(),
                since,
                until,
                limit);
    }

    /** Deletes the oldest samples before an instant. Returns their number. */
    public static int forget(Session session, SampleStep step, Instant before, int limit) throws SQLException {
        List<Instant> old = session.list(OLD, row -> Utc.present(row, 1), step.text(), before, limit);
        delete(session, step, old);
        return old.size();
    }

    private static void delete(Session session, SampleStep step, List<Instant> times) throws SQLException {
        StatementBatch delete = session.batch(DELETE);
        for (Instant time : times) {
            delete.text(step.text()).instant(time).add();
        }
        delete.run();
    }
}
