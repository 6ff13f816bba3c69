// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.index;

import io.jobyard.api.Job;
import io.jobyard.api.JobFilter;
import io.jobyard.api.JobId;
import io.jobyard.api.JobPage;
import io.jobyard.api.JobQuery;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.JobStore;
import io.jobyard.store.api.SqlDialect;
import io.jobyard.store.jpa.rows.JobRows;
import io.jobyard.store.jpa.sql.Ids;
import io.jobyard.store.jpa.sql.Labels;
import io.jobyard.store.jpa.sql.Session;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Search for jobs without the search index. It uses only the index of the job IDs, which rise with the creation time. It checks other
 * conditions row by row, newest first, until the page is full or a bound is reached. It runs in steps, so that no query takes long.
 */
public final class JobSearch {

    /**
     * Bounds of a search.
     *
     * @param step rows per step
     * @param most rows in total
     * @param longest time after which no further step begins
     */
    record Reach(int step, int most, Duration longest) {
        static final Reach USUAL = new Reach(1_000, 100_000, Duration.ofSeconds(1));
    }

    /** SQL expression for the queue in which a job counts, like {@code TallyKey}. */
    public static final String QUEUE =
            "CASE WHEN ran_in IS NULL OR status IN ('waiting', 'queued') THEN queue ELSE ran_in END";

    private static final char ESCAPE = '!';
    private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");

    private final StringBuilder where = new StringBuilder(" WHERE id < ? AND id >= ?");
    private final List<Object> values = new ArrayList<>();
    private final Session session;
    private final JobRows rows;
    private final String from;
    private final int limit;
    private JobId before = Ids.GREATEST;
    private JobId least = Ids.LEAST;

    private JobSearch(Session session, SqlDialect dialect, JobRows rows, int limit) {
        this.session = session;
        this.rows = rows;
        this.from = "SELECT id FROM job" + dialect.withIndex("job_id");
        this.limit = limit;
    }

    static JobPage find(
            Session session, SqlDialect dialect, JobRows rows, JobQuery asked, Set<String> routed, Reach reach)
            throws SQLException {
        JobSearch search = new JobSearch(session, dialect, rows, asked.limit());
        JobFilter filter = asked.filter();
        search.inTime(filter, asked.after());
        search.oneOf(
                "status",
                filter.state().statuses().stream().map(JobStatus::text).toList());
        search.oneOf(
                "reason", filter.state().reasons().stream().map(Reason::text).toList());
        search.oneOf("type", filter.types());
        search.oneOf("schedule", Stream.ofNullable(filter.schedule()).toList());
        search.oneOf("job_group", Stream.ofNullable(filter.group()).toList());
        search.oneOf("submitter", filter.submitters());
        search.inQueue(filter.queues(), routed);
        filter.labels().forEach((label, value) -> search.contains("labels", Labels.pair(label, value)));
        search.contains("error", filter.state().error());
        return search.run(reach);
    }

    private void inTime(JobFilter filter, @Nullable JobId after) {
        Instant since = bounded(filter.created().since());
        if (since != null) {
            least = first(since);
            and("created_at >= ?", since);
        }
        Instant until = bounded(filter.created().until());
        if (until != null) {
            before = first(until.plusMillis(1).plus(JobStore.ID_LEAD));
            and("created_at < ?", until);
        }
        if (after != null && after.compareTo(before) < 0) {
            before = after;
        }
    }

    /** Returns the instant, limited to the range of times in a store. */
    static @Nullable Instant bounded(@Nullable Instant instant) {
        if (instant == null || instant.isBefore(Instant.EPOCH)) {
            return instant == null ? null : Instant.EPOCH;
        }
        return instant.isAfter(END) ? END : instant;
    }

    /** Returns the first ID of a millisecond. */
    private static JobId first(Instant instant) {
        return new JobId(new UUID(instant.toEpochMilli() << 16, 0));
    }

    private void inQueue(Set<String> queues, Set<String> routed) {
        if (queues.isEmpty()) {
            return;
        }
        String stands = "(" + QUEUE + ")";
        where.append(" AND (").append(isOneOf(stands, queues));
        if (!routed.isEmpty()) {
            where.append(" OR " + stands + " IS NULL AND ").append(isOneOf("type", routed));
        }
        where.append(')');
    }

    private void oneOf(String column, Collection<String> any) {
        if (!any.isEmpty()) {
            where.append(" AND ").append(isOneOf(column, any));
        }
    }

    /** Returns a condition, and adds its values to the query. */
    private String isOneOf(String what, Collection<String> any) {
        List<String> texts = List.copyOf(any);
        int marks =
                Integer.highestOneBit(texts.size() * 2 - 1); // few different sizes, so that few statements are compiled
        for (int n = 0; n < marks; n++) {
            values.add(texts.get(Math.min(n, texts.size() - 1)));
        }
        return what + (marks == 1 ? " = ?" : " IN (?" + ",?".repeat(marks - 1) + ")");
    }

    private void contains(String column, @Nullable String text) {
        if (text != null) {
            String literally = text.replaceAll("[!%_]", ESCAPE + "$0");
            and(column + " LIKE ? ESCAPE '" + ESCAPE + "'", "%" + literally + "%");
        }
    }

    private void and(String condition, Object value) {
        where.append(" AND ").append(condition);
        values.add(value);
    }

    private JobPage run(Reach reach) throws SQLException {
        List<JobId> found = new ArrayList<>();
        int step = Math.max(reach.step(), limit + 1);
        long begun = System.nanoTime();
        for (int looked = step; ; looked += step) {
            JobId last = inStep(step);
            found.addAll(matching(last == null ? least : last, limit + 1 - found.size()));
            if (found.size() > limit) {
                return page(found.subList(0, limit), found.get(limit - 1), null);
            } else if (last == null) {
                return page(found, null, null);
            } else if (looked >= reach.most()
                    || System.nanoTime() - begun >= reach.longest().toNanos()) {
                return page(found, last, BlockSearch.time(last));
            }
            before = last;
        }
    }

    private JobPage page(List<JobId> found, @Nullable JobId next, @Nullable Instant lookedBackTo) throws SQLException {
        List<Job> jobs =
                rows.stored(session, found).stream().map(StoredJob::job).toList();
        return new JobPage(jobs, next, lookedBackTo, null);
    }

    /** Returns the last of the next {@code count} IDs, from the primary key alone; null if fewer exist. */
    private @Nullable JobId inStep(int count) throws SQLException {
        String sql = from + " WHERE id < ? AND id >= ? ORDER BY id DESC OFFSET ? ROWS FETCH NEXT 1 ROWS ONLY";
        return session.list(sql, Ids::first, before, least, count - 1).stream()
                .findFirst()
                .orElse(null);
    }

    private List<JobId> matching(JobId last, int most) throws SQLException {
        List<Object> all = new ArrayList<>(List.of(before, last));
        all.addAll(values);
        all.add(most);
        return session.list(from + where + " ORDER BY id DESC FETCH FIRST ? ROWS ONLY", Ids::first, all.toArray());
    }
}
