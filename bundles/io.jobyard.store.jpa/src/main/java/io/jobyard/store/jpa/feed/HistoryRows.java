// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.feed;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.store.api.SqlDialect;
import io.jobyard.store.jpa.feed.HistoryText.HistoryOrigin;
import io.jobyard.store.jpa.sql.Ids;
import io.jobyard.store.jpa.sql.Session;
import io.jobyard.store.jpa.sql.Utc;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of all jobs, for checks of all histories: page by page, the youngest job first. */
public final class HistoryRows {

    /** Values in the row of a job that its history must lead to. */
    public record HistoryRow(
            JobId id,
            HistoryOrigin origin,
            JobStatus status,
            int run,
            int attempt,
            int version,
            String trail,
            byte @Nullable [] seal) {}

    private static final int PAGE = 500;
    private static final String COLUMNS =
            "SELECT id, submitter, created_at, status, run, attempt, version, trail, seal FROM job";
    private static final String SOME = COLUMNS + " WHERE id IN (?)";

    private final String page;

    public HistoryRows(SqlDialect dialect) {
        page = COLUMNS + dialect.withIndex("job_id") + " WHERE id < ? ORDER BY id DESC FETCH FIRST ? ROWS ONLY";
    }

    /** Returns rows of older jobs, the youngest first; empty after the oldest job. */
    public List<HistoryRow> before(Session session, JobId id) throws SQLException {
        return session.list(page, HistoryRows::row, id, PAGE);
    }

    /** Returns the rows of existing jobs. */
    public static List<HistoryRow> of(Session session, Collection<JobId> ids) throws SQLException {
        return session.in(SOME, ids, HistoryRows::row);
    }

    private static HistoryRow row(ResultSet row) throws SQLException {
        return new HistoryRow(
                Ids.first(row),
                new HistoryOrigin(Utc.present(row, 3), row.getString(2)),
                JobStatus.of(row.getString(4)),
                row.getInt(5),
                row.getInt(6),
                row.getInt(7),
                row.getString(8),
                row.getBytes(9));
    }
}
