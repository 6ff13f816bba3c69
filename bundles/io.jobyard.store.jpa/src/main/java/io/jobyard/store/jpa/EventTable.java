// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.EventCursor;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.spi.StoredJob;
import io.jobyard.store.api.StoreDialect;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rows of the history in the order of their numbers. */
final class EventTable {

    private static final String JOBS = "SELECT id, type, submitter FROM job WHERE id IN (?)";

    private final String query;

    EventTable(StoreDialect dialect) {
        query = "SELECT " + HistoryRow.COLUMNS.names() + " FROM history" + dialect.withIndex("history_number")
                + " WHERE number > ? ORDER BY number FETCH FIRST ? ROWS ONLY";
    }

    static JobEvent of(EventCursor cursor, StoredJob after, HistoryEvent change) {
        return new JobEvent(cursor, after.id(), after.job().type(), after.job().submitter(), change);
    }

    List<JobEvent> read(Session session, EventCursor after, int limit) throws SQLException {
        List<HistoryRow> found = session.list(query, HistoryRow.COLUMNS::read, EventNumbers.number(after), limit);
        Map<JobId, String[]> jobs = new HashMap<>();
        List<JobId> ids = found.stream().map(HistoryRow::job).distinct().toList();
        session.in(
                JOBS,
                ids,
                row -> jobs.put(Ids.job(row.getBytes(1)), new String[] {row.getString(2), row.getString(3)}));
        List<JobEvent> events = new ArrayList<>();
        for (HistoryRow row : found) {
            String[] job = jobs.get(row.job());
            if (job != null) { // else it was removed between the two reads
                events.add(new JobEvent(row.cursor(), row.job(), job[0], job[1], row.toEvent()));
            }
        }
        return events;
    }
}
