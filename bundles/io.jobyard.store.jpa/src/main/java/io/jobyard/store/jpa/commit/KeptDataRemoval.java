// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.commit;

import io.jobyard.api.JobId;
import io.jobyard.store.jpa.rows.StepTable;
import io.jobyard.store.jpa.sql.Ids;
import io.jobyard.store.jpa.sql.Session;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Removes data that jobs have stored during their runs. One query serves all jobs, because most jobs have no such data. */
final class KeptDataRemoval {

    private static final String KEEPERS = "SELECT id FROM job WHERE id IN (?) AND ("
            + "EXISTS (SELECT 1 FROM job_step WHERE job_id = job.id)"
            + " OR EXISTS (SELECT 1 FROM job_signal WHERE job_id = job.id)"
            + " OR EXISTS (SELECT 1 FROM job_stream WHERE job_id = job.id)"
            + " OR EXISTS (SELECT 1 FROM step_child WHERE child = job.id))";
    private static final List<String> WITH_IT = List.of(
            "DELETE FROM job_step WHERE job_id = ?",
            "DELETE FROM step_text WHERE job_id = ?",
            "DELETE FROM job_signal WHERE job_id = ?",
            "DELETE FROM job_stream WHERE job_id = ?",
            "DELETE FROM step_child WHERE child = ?");

    private KeptDataRemoval() {}

    /** Returns the jobs with stored data, and the jobs that other jobs have submitted. */
    static Set<JobId> keepers(Session session, Collection<JobId> jobs) throws SQLException {
        return new HashSet<>(session.in(KEEPERS, jobs, Ids::first));
    }

    /** Removes the stored data of the jobs, and their edges from other jobs, which may finish later. */
    static void remove(Session session, Collection<JobId> jobs) throws SQLException {
        if (jobs.isEmpty()) {
            return;
        }
        for (Map.Entry<JobId, List<JobId>> waited :
                StepTable.children(session, jobs).entrySet()) {
            RemovalRows.removeEdges(session, waited.getKey(), waited.getValue());
        }
        for (String sql : WITH_IT) {
            for (JobId job : jobs) {
                session.batch(sql).id(job).add();
            }
            session.batch(sql).run();
        }
    }
}
