// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.rows;

import io.jobyard.api.JobId;
import io.jobyard.spi.steps.StoredSignal;
import io.jobyard.store.jpa.sql.Ids;
import io.jobyard.store.jpa.sql.Session;
import io.jobyard.store.jpa.sql.Utc;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Signals to jobs, written in one transaction. Any thread may read them. */
public final class SignalTable {

    private static final String INSERT =
            "INSERT INTO job_signal (job_id, number, name, given_at, given_by, failed, content) VALUES (?,?,?,?,?,?,?)";
    private static final String TAKE = "UPDATE job_signal SET taken = TRUE WHERE job_id = ? AND number = ?";
    private static final String READ = "SELECT number, name, given_at, given_by, failed, content FROM job_signal"
            + " WHERE job_id = ? AND taken = FALSE ORDER BY job_id, number";
    private static final String UNTAKEN = "SELECT job_id, name FROM job_signal WHERE job_id IN (?) AND taken = FALSE";
    private static final String LAST = "SELECT job_id, MAX(number) FROM job_signal WHERE job_id IN (?) GROUP BY job_id";

    private boolean empty = true;

    public void add(Session session, JobId job, StoredSignal signal) throws SQLException {
        empty = false;
        session.batch(INSERT)
                .id(job)
                .number(signal.number())
                .text(signal.name())
                .instant(signal.at())
                .text(signal.by())
                .truth(signal.failed())
                .text(signal.value())
                .add();
    }

    /**
     * Marks the signal that has ended a wait.
     *
     * @param number number of the signal; 0 for none
     */
    public void take(Session session, JobId job, int number) throws SQLException {
        if (number > 0) {
            empty = false;
            session.batch(TAKE).id(job).number(number).add();
        }
    }

    public void run(Session session) throws SQLException {
        if (!empty) {
            session.batch(INSERT).later();
            session.batch(TAKE).later();
            empty = true;
        }
    }

    public static List<StoredSignal> read(Session session, JobId job) throws SQLException {
        return session.list(
                READ,
                row -> new StoredSignal(
                        row.getInt(1),
                        row.getString(2),
                        Utc.present(row, 3),
                        row.getString(4),
                        row.getBoolean(5),
                        row.getString(6)),
                job);
    }

    /** Returns the names of signals that no wait has received. */
    public static Map<JobId, List<String>> untaken(Session session, Collection<JobId> jobs) throws SQLException {
        Map<JobId, List<String>> found = new HashMap<>();
        session.in(
                UNTAKEN,
                jobs,
                row -> found.computeIfAbsent(Ids.first(row), any -> new ArrayList<>())
                        .add(row.getString(2)));
        return found;
    }

    /** Returns the number of each job's latest signal. */
    public static Map<JobId, Integer> last(Session session, Collection<JobId> jobs) throws SQLException {
        Map<JobId, Integer> found = new HashMap<>();
        session.in(LAST, jobs, row -> found.put(Ids.first(row), row.getInt(2)));
        return found;
    }
}
