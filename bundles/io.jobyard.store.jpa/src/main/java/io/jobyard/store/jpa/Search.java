// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.JobId;
import io.jobyard.api.JobQuery;
import io.jobyard.api.spi.JobRepository;
import io.jobyard.store.api.StoreDialect;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One query for a list of jobs. Their ids, which rise with the time of creation, are the only index it goes by; what is
 * asked besides is looked at row by row, the youngest first, until the page is full.
 */
final class Search {

    private static final char ESCAPE = '!';
    private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");

    private final StringBuilder where = new StringBuilder();
    private final List<Object> values = new ArrayList<>();

    private Search() {}

    static List<JobId> find(Session session, StoreDialect dialect, JobQuery asked, Set<String> routed)
            throws SQLException {
        Search search = new Search();
        search.inTime(asked);
        search.equal("status", asked.status() == null ? null : asked.status().text());
        search.equal("type", asked.type());
        search.equal("submitter", asked.submitter());
        search.inQueue(asked.queue(), routed);
        asked.labels().forEach((label, value) -> search.contains("labels", Labels.pair(label, value)));
        search.contains("error", asked.error());
        return search.run(session, dialect, asked.limit() + 1);
    }

    private void inTime(JobQuery asked) {
        JobId after = asked.after();
        if (after != null) {
            and("id < ?", Ids.bytes(after.value()));
        }
        Instant since = bounded(asked.since());
        if (since != null) {
            and("id >= ?", first(since));
            and("created_at >= ?", Utc.micros(since));
        }
        Instant until = bounded(asked.until());
        if (until != null) {
            and("id < ?", first(until.plusMillis(1).plus(JobRepository.ID_LEAD)));
            and("created_at < ?", Utc.micros(until));
        }
    }

    /** The same for the jobs that a store may hold. */
    private static @Nullable Instant bounded(@Nullable Instant instant) {
        if (instant == null || instant.isBefore(Instant.EPOCH)) {
            return instant == null ? null : Instant.EPOCH;
        }
        return instant.isAfter(END) ? END : instant;
    }

    /** The first id of a millisecond. */
    private static byte[] first(Instant instant) {
        return Ids.bytes(new UUID(instant.toEpochMilli() << 16, 0));
    }

    private void inQueue(@Nullable String queue, Set<String> routed) {
        if (queue == null) {
            return;
        }
        if (routed.isEmpty()) {
            and("queue = ?", queue);
            return;
        }
        List<String> types = new ArrayList<>(routed);
        int marks = Integer.highestOneBit(types.size() * 2 - 1); // few sizes, so that few statements are compiled
        and("(queue = ? OR queue IS NULL AND type IN (?" + ",?".repeat(marks - 1) + "))", queue);
        for (int n = 0; n < marks; n++) {
            values.add(types.get(Math.min(n, types.size() - 1)));
        }
    }

    private void equal(String column, @Nullable String value) {
        if (value != null) {
            and(column + " = ?", value);
        }
    }

    private void contains(String column, @Nullable String text) {
        if (text != null) {
            String literally = text.replaceAll("[!%_]", ESCAPE + "$0");
            and(column + " LIKE ? ESCAPE '" + ESCAPE + "'", "%" + literally + "%");
        }
    }

    private void and(String condition, Object value) {
        where.append(where.isEmpty() ? " WHERE " : " AND ").append(condition);
        values.add(value);
    }

    private List<JobId> run(Session session, StoreDialect dialect, int limit) throws SQLException {
        PreparedStatement query = session.query("SELECT id FROM job" + dialect.withIndex("job_id") + where
                + " ORDER BY id DESC FETCH FIRST ? ROWS ONLY");
        for (int n = 0; n < values.size(); n++) {
            query.setObject(n + 1, values.get(n));
        }
        query.setInt(values.size() + 1, limit);
        return session.list(query, row -> Ids.job(row.getBytes(1)));
    }
}
