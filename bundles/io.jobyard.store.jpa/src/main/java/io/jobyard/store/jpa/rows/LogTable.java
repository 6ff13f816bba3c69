// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.rows;

import io.jobyard.api.JobId;
import io.jobyard.api.LogLine;
import io.jobyard.api.NumberedLine;
import io.jobyard.spi.jobs.Slots;
import io.jobyard.spi.store.JobStore;
import io.jobyard.store.jpa.sql.Session;
import io.jobyard.store.jpa.sql.Utc;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Logs of jobs, with numbered lines. The oldest lines are dropped. Only the committer writes logs; any thread may read them. */
public final class LogTable {

    /** Number of entries: one for each run of a host. With fewer, thousands of runs would read their last rows before each write. */
    private static final int REMEMBERED = Slots.MOST_ASYNC;

    private static final String LAST = "SELECT MAX(line) FROM job_log WHERE job_id = ?";
    private static final String INSERT =
            "INSERT INTO job_log (job_id, line, written_at, run, content) VALUES (?,?,?,?,?)";
    private static final String DROP = "DELETE FROM job_log WHERE job_id = ? AND line <= ?";
    private static final String READ =
            "SELECT written_at, run, content FROM job_log WHERE job_id = ? ORDER BY job_id, line";

    private static final String READ_AFTER =
            "SELECT line, written_at, run, content FROM job_log WHERE job_id = ? AND line > ? ORDER BY job_id, line";

    /** Last line of a job from this run. The next run may write on another host. */
    private record Last(int run, int line) {}

    private final Map<JobId, Last> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<JobId, Last> eldest) {
            return size() > REMEMBERED;
        }
    };
    private final Map<JobId, Last> fresh = new HashMap<>();

    public void add(Session session, JobId job, List<LogLine> lines) throws SQLException {
        int run = lines.isEmpty() ? 0 : lines.get(lines.size() - 1).run();
        int line = last(session, job, run);
        for (LogLine one : lines) {
            session.batch(INSERT)
                    .id(job)
                    .number(++line)
                    .instant(one.at())
                    .number(one.run())
                    .text(LargeTexts.cut(one.text()))
                    .add();
        }
        if (line > JobStore.MAX_LOG_LINES) {
            session.batch(DROP).id(job).number(line - JobStore.MAX_LOG_LINES).add();
        }
        fresh.put(job, new Last(run, line));
    }

    private int last(Session session, JobId job, int run) throws SQLException {
        Last last = fresh.containsKey(job) ? fresh.get(job) : known.get(job);
        if (last != null && (last.run() == run || fresh.containsKey(job))) {
            return last.line();
        }
        return session.list(LAST, row -> row.getInt(1), job).get(0);
    }

    public void run(Session session) throws SQLException {
        session.batch(INSERT).later();
        session.batch(DROP).later();
    }

    public void committed() {
        known.putAll(fresh);
        fresh.clear();
    }

    /** Handles a failed transaction. Perhaps only the answer was lost, so the next transaction reads the last line number again. */
    public void rolledBack() {
        known.keySet().removeAll(fresh.keySet());
        fresh.clear();
    }

    public static List<LogLine> read(Session session, JobId job) throws SQLException {
        return session.list(READ, row -> new LogLine(Utc.present(row, 1), row.getInt(2), row.getString(3)), job);
    }

    public static List<NumberedLine> read(Session session, JobId job, int after) throws SQLException {
        return session.list(
                READ_AFTER,
                row -> new NumberedLine(
                        row.getInt(1), new LogLine(Utc.present(row, 2), row.getInt(3), row.getString(4))),
                job,
                after);
    }
}
