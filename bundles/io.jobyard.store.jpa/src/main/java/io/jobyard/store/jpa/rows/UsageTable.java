// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.rows;

import io.jobyard.api.JobId;
import io.jobyard.api.RunUse;
import io.jobyard.store.jpa.sql.Ids;
import io.jobyard.store.jpa.sql.Labels;
import io.jobyard.store.jpa.sql.Session;
import io.jobyard.store.jpa.sql.StatementBatch;
import io.jobyard.store.jpa.sql.Utc;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Usage of units by runs. Only the committer writes it; any thread may read it. */
public final class UsageTable {

    private static final String KEY = "started_at = ? AND job_id = ? AND run = ? AND unit = ?";
    private static final String UPDATE = "UPDATE run_use SET amount = ? WHERE " + KEY;
    private static final String INSERT =
            "INSERT INTO run_use (amount, started_at, job_id, run, unit, estimate, submitter,"
                    + " type, model, labels) VALUES (?,?,?,?,?,?,?,?,?,?)";
    private static final String READ =
            "SELECT started_at, job_id, run, unit, amount, estimate, submitter, type, model, labels FROM run_use";
    private static final String OF_JOB = READ + " WHERE job_id = ? ORDER BY job_id, run, unit";
    private static final String ORDER = " ORDER BY started_at, job_id, run, unit FETCH FIRST ? ROWS ONLY";
    private static final String FIRST = READ + " WHERE started_at >= ? AND started_at < ?" + ORDER;
    private static final String NEXT =
            READ + " WHERE started_at >= ? AND started_at < ? AND (started_at > ? OR job_id > ?"
                    + " OR (job_id = ? AND (run > ? OR (run = ? AND unit > ?))))" + ORDER;
    private static final String OLD = "SELECT started_at, job_id, run, unit FROM run_use WHERE started_at < ?" + ORDER;
    private static final String DELETE = "DELETE FROM run_use WHERE " + KEY;

    private record UseKey(Instant startedAt, JobId job, int run, String unit) {

        static UseKey of(RunUse use) {
            return new UseKey(use.run().startedAt(), use.run().job(), use.run().number(), use.unit());
        }

        static UseKey read(ResultSet row) throws SQLException {
            return new UseKey(Utc.present(row, 1), Ids.job(row.getBytes(2)), row.getInt(3), row.getString(4));
        }

        StatementBatch write(StatementBatch row) throws SQLException {
            return row.instant(startedAt).id(job).number(run).text(unit);
        }
    }

    private final Map<UseKey, RunUse> latest = new LinkedHashMap<>();

    /** Adds usage for the end of the transaction, where only the latest value of each run and unit is written. */
    public void add(List<RunUse> uses) {
        uses.forEach(use -> latest.put(UseKey.of(use), use));
    }

    public void run(Session session) throws SQLException {
        if (latest.isEmpty()) {
            return;
        }
        StatementBatch update = session.batch(UPDATE);
        for (RunUse use : latest.values()) {
            UseKey.of(use).write(update.number(use.amount())).add();
        }
        int[] counts = update.run();
        StatementBatch insert = session.batch(INSERT);
        int n = 0;
        for (RunUse use : latest.values()) {
            if (counts[n++] == 0) {
                insert(insert, use);
            }
        }
        insert.later();
    }

    private static void insert(StatementBatch row, RunUse use) throws SQLException {
        UseKey.of(use)
                .write(row.number(use.amount()))
                .amount(use.estimate())
                .text(use.run().submitter())
                .text(use.run().type())
                .text(use.run().model())
                .text(Labels.write(use.run().labels()))
                .add();
    }

    /** Deletes the oldest entries before an instant. Returns their number. */
    public static int forget(Session session, Instant before, int limit) throws SQLException {
        List<UseKey> old = session.list(OLD, UseKey::read, before, limit);
        StatementBatch delete = session.batch(DELETE);
        for (UseKey key : old) {
            key.write(delete).add();
        }
        delete.run();
        return old.size();
    }

    public static List<RunUse> ofJob(Session session, JobId job) throws SQLException {
        return session.list(OF_JOB, UsageTable::read, job);
    }

    public static List<RunUse> between(Session session, Instant since, Instant until, @Nullable RunUse after, int limit)
            throws SQLException {
        return after == null
                ? session.list(FIRST, UsageTable::read, since, until, limit)
                : session.list(
                        NEXT,
                        UsageTable::read,
                        after.run().startedAt(),
                        until,
                        after.run().startedAt(),
                        after.run().job(),
                        after.run().job(),
                        after.run().number(),
                        after.run().number(),
                        after.unit(),
                        limit);
    }

    private static RunUse read(ResultSet row) throws SQLException {
        double estimate = row.getDouble(6);
        Double estimated = row.wasNull() ? null : estimate;
        UseKey key = UseKey.read(row);
        return new RunUse(
                new RunUse.MeteredRun(
                        key.job(),
                        key.run(),
                        key.startedAt(),
                        row.getString(7),
                        row.getString(8),
                        row.getString(9),
                        Labels.read(row.getString(10))),
                key.unit(),
                row.getDouble(5),
                estimated);
    }
}
