// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.index;

import io.jobyard.api.JobFacets;
import io.jobyard.api.JobFilter;
import io.jobyard.api.JobId;
import io.jobyard.api.JobPage;
import io.jobyard.api.JobQuery;
import io.jobyard.api.StoreException;
import io.jobyard.store.api.SqlDialect;
import io.jobyard.store.jpa.feed.FeedRows;
import io.jobyard.store.jpa.rows.JobRows;
import io.jobyard.store.jpa.sql.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Searches for jobs. They use the search index; while it is being built, they read the jobs themselves. */
public final class JobSearches {

    private static final int PAGE = 1_000;

    private final SqlDialect dialect;
    private final JobRows rows;
    private final FeedRows feed;
    private final BlockCache blocks;

    public JobSearches(SqlDialect dialect, JobRows rows, FeedRows feed, BlockCache blocks) {
        this.dialect = dialect;
        this.rows = rows;
        this.feed = feed;
        this.blocks = blocks;
    }

    public JobPage find(Session session, JobQuery query, Set<String> routed) throws SQLException {
        if (BlockSearch.helps(query)) {
            Optional<IndexProgress> index = index(session);
            if (index.isPresent()) {
                return search(session, query.filter(), routed, index.get()).find(query);
            } else if (query.order() == JobQuery.JobOrder.OLDEST_FIRST) {
                throw new StoreException(
                        "cannot list the oldest jobs first before the search index is complete, some minutes after an update; until"
                                + " then, list the newest jobs first",
                        null);
            }
        }
        return JobSearch.find(session, dialect, rows, query, routed, JobSearch.Reach.USUAL);
    }

    public JobFacets facets(Session session, JobFilter filter, Set<String> routed, UnaryOperator<String> route)
            throws SQLException {
        Optional<IndexProgress> index = index(session);
        return index.isPresent()
                ? search(session, filter, routed, index.get()).facets(route)
                : count(session, filter, routed, route);
    }

    /** Returns the progress of the index; empty while the index is being built. */
    private static Optional<IndexProgress> index(Session session) throws SQLException {
        return IndexProgress.read(session).filter(IndexProgress::isFilled);
    }

    private BlockSearch search(Session session, JobFilter filter, Set<String> routed, IndexProgress index)
            throws SQLException {
        Instant asOf = feed.firstTime(session, index.cursor()).orElse(null);
        return new BlockSearch(session, blocks, rows, filter, routed, asOf, JobSearch.Reach.USUAL.longest());
    }

    private JobFacets count(Session session, JobFilter filter, Set<String> routed, UnaryOperator<String> route)
            throws SQLException {
        FacetCount count = new FacetCount();
        long deadline = System.nanoTime() + JobSearch.Reach.USUAL.longest().toNanos();
        @Nullable Instant lookedBackTo = null;
        JobQuery query = JobQuery.of(filter, PAGE);
        while (query != null && lookedBackTo == null) {
            JobPage page = JobSearch.find(session, dialect, rows, query, routed, JobSearch.Reach.USUAL);
            page.jobs().forEach(count::add);
            JobId next = page.next();
            lookedBackTo = page.lookedBackTo();
            if (next != null && lookedBackTo == null && System.nanoTime() - deadline >= 0) {
                lookedBackTo = BlockSearch.time(next);
            }
            query = next == null ? null : query.withAfter(next);
        }
        return count.facets(route, lookedBackTo, null);
    }
}
