// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.index;

import io.jobyard.api.Job;
import io.jobyard.api.JobFacets;
import io.jobyard.api.JobFilter;
import io.jobyard.api.JobId;
import io.jobyard.api.JobPage;
import io.jobyard.api.JobQuery;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.jobs.TallyKey;
import io.jobyard.store.jpa.rows.JobRows;
import io.jobyard.store.jpa.sql.Session;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Search through the index. Results show the current state: the row of each job is read, and jobs that no longer match are omitted.
 * Conditions that the index does not contain, for example the text of the error, are checked in these rows.
 */
public final class BlockSearch {

    private static final int FEW = 20;
    private static final int MANY = 500;

    private final Session session;
    private final BlockCache kept;
    private final JobRows rows;
    private final JobFilter filter;
    private final Set<String> routed;
    private final BlockFilter meant;
    private final @Nullable Instant asOf;
    private final long deadline;

    /** Creates a search in an index that contains all commits before this time; null for all commits. */
    BlockSearch(
            Session session,
            BlockCache kept,
            JobRows rows,
            JobFilter filter,
            Set<String> routed,
            @Nullable Instant asOf,
            Duration longest) {
        this.session = session;
        this.kept = kept;
        this.rows = rows;
        this.filter = filter;
        this.routed = routed;
        this.asOf = asOf;
        meant = new BlockFilter(filter, routed);
        deadline = System.nanoTime() + longest.toNanos();
    }

    /**
     * Returns whether the index speeds up the query. Otherwise jobs are found by ID alone, youngest first. IDs may be later than the
     * creation time, so older jobs may follow many others.
     */
    public static boolean helps(JobQuery query) {
        Instant since = query.filter().created().since();
        return query.order() == JobQuery.JobOrder.OLDEST_FIRST
                || !query.filter().equals(since == null ? JobFilter.ALL : JobFilter.ALL.withSince(since));
    }

    JobPage find(JobQuery query) throws SQLException {
        BlockCandidates candidates = new BlockCandidates(session, kept, meant, ListOrder.of(query), query.after());
        List<Job> found = new ArrayList<>();
        int limit = query.limit();
        while (found.size() <= limit) {
            List<JobId> some = candidates.next(Math.max(limit + 1 - found.size(), atOnce()), deadline);
            found.addAll(meant(some));
            if (found.size() <= limit && (candidates.isFinished() || isLate())) {
                return candidates.isFinished()
                        ? new JobPage(found, null, null, asOf)
                        : new JobPage(found, candidates.reached(), time(candidates.reached()), asOf);
            }
        }
        return new JobPage(found.subList(0, limit), found.get(limit - 1).id(), null, asOf);
    }

    private int atOnce() {
        return filter.state().error() == null ? FEW : MANY;
    }

    private boolean isLate() {
        return System.nanoTime() - deadline >= 0;
    }

    /** Returns the creation time that an ID contains. */
    static Instant time(JobId id) {
        return Instant.ofEpochMilli(id.value().getMostSignificantBits() >>> 16);
    }

    private List<Job> meant(List<JobId> ids) throws SQLException {
        return rows.stored(session, kept.tables().byId(), ids).stream()
                .map(StoredJob::job)
                .filter(job -> filter.matches(job, standsIn(job)))
                .toList();
    }

    /** Returns a queue of the filter in which the job counts; for a routed type, the first queue of the filter. */
    private @Nullable String standsIn(Job job) {
        String queue = TallyKey.queue(job);
        return queue == null && routed.contains(job.type())
                ? filter.queues().stream().findFirst().orElse(null)
                : queue;
    }

    /** Returns the facets. Jobs without a queue count for the queue of their type. */
    JobFacets facets(UnaryOperator<String> route) throws SQLException {
        return filter.state().error() == null ? countBlocks(route) : countJobs(route);
    }

    private JobFacets countJobs(UnaryOperator<String> route) throws SQLException {
        FacetCount count = new FacetCount();
        BlockCandidates candidates = new BlockCandidates(session, kept, meant, ListOrder.YOUNGEST_FIRST, null);
        while (!candidates.isFinished() && !isLate()) {
            meant(candidates.next(MANY, deadline)).forEach(count::add);
        }
        return count.facets(route, candidates.isFinished() ? null : time(candidates.reached()), asOf);
    }

    private JobFacets countBlocks(UnaryOperator<String> route) throws SQLException {
        FacetCount count = new FacetCount();
        Deque<BlockHeader> blocks = BlockCandidates.blocks(
                session, kept.tables(), meant, ListOrder.YOUNGEST_FIRST, ListOrder.YOUNGEST_FIRST.begin());
        if (filter.equals(JobFilter.ALL)) {
            Set<Integer> counted =
                    kept.count(blocks.stream().map(BlockHeader::number).collect(Collectors.toSet()), count);
            blocks.removeIf(block -> counted.contains(block.number()));
        }
        while (!blocks.isEmpty() && !isLate()) {
            List<BlockHeader> some = new ArrayList<>();
            while (some.size() < BlockCandidates.MOST_AT_ONCE && !blocks.isEmpty()) {
                some.add(blocks.remove());
            }
            count(some, count);
        }
        return count.facets(
                route, blocks.isEmpty() ? null : time(blocks.element().greatest()), asOf);
    }

    private void count(List<BlockHeader> some, FacetCount count) throws SQLException {
        List<Integer> numbers = some.stream().map(BlockHeader::number).toList();
        Map<Integer, BlockTables.BlockRow> blocks = kept.rows(session, numbers);
        Map<Integer, BitSet> labelled = BlockCandidates.labelled(session, kept.tables(), meant, numbers);
        Map<Integer, BlockIds> ids = kept.tables()
                .ids(
                        session,
                        some.stream()
                                .filter(block -> !meant.isAllInTime(block))
                                .map(BlockHeader::number)
                                .toList());
        blocks.forEach((number, block) -> {
            BitSet among = labelled == null ? null : labelled.getOrDefault(number, new BitSet());
            BitSet positions = meant.positions(block, among);
            BlockIds times = ids.get(number);
            if (times != null) {
                positions.and(inTime(times));
            }
            count.add(block, positions);
        });
    }

    private BitSet inTime(BlockIds times) {
        BitSet positions = new BitSet(JobBlock.PLACES);
        for (int position = 0; position < times.size(); position++) {
            positions.set(position, meant.isInTime(times.createdAt(position)));
        }
        return positions;
    }
}
