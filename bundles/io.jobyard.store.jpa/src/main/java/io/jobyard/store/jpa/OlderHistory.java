// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.HandlerName;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows that the first six steps of the schema kept for each change. Nothing writes them any more; they go with their jobs. */
final class OlderHistory {

    private static final String READ =
            "SELECT job_id, happened_at, who, from_status, to_status, reason, host, run, attempt,"
                    + " why, handler_version, bundle FROM history WHERE job_id IN (?) ORDER BY job_id, seq";

    private static final int COLUMNS = 12;

    private OlderHistory() {}

    static Map<JobId, List<HistoryEvent>> read(Session session, Collection<JobId> ids) throws SQLException {
        Map<JobId, List<HistoryEvent>> found = new HashMap<>();
        session.in(
                READ,
                ids,
                row -> found.computeIfAbsent(Ids.first(row), any -> new ArrayList<>())
                        .add(event(row)));
        return found;
    }

    /** The same as text, as it is sealed: all columns as they are. */
    static Map<JobId, String> texts(Session session, Collection<JobId> ids) throws SQLException {
        Map<JobId, String> found = new HashMap<>();
        session.in(READ, ids, row -> found.merge(Ids.first(row), text(row), String::concat));
        return found;
    }

    private static String text(ResultSet row) throws SQLException {
        StringBuilder text = new StringBuilder();
        for (int column = 2; column <= COLUMNS; column++) {
            String value = row.getString(column);
            text.append(value == null ? "-" : value.length() + ":" + value).append(',');
        }
        return text.append('\n').toString();
    }

    private static HistoryEvent event(ResultSet row) throws SQLException {
        String from = row.getString(4);
        String reason = row.getString(6);
        return new HistoryEvent(
                Utc.present(row, 2),
                row.getString(3),
                from == null ? null : JobStatus.of(from),
                JobStatus.of(row.getString(5)),
                reason == null ? null : Reason.of(reason),
                row.getString(7),
                row.getInt(8),
                row.getInt(9),
                row.getString(10),
                handler(row.getString(11), row.getString(12)));
    }

    private static @Nullable HandlerName handler(@Nullable String version, @Nullable String bundle) {
        return version == null || bundle == null ? null : new HandlerName(version, bundle);
    }
}
