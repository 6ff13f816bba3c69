// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.index;

import io.jobyard.api.JobId;
import io.jobyard.store.jpa.sql.Session;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Jobs in the index that match a filter, in the order of a list. Reads blocks in the order of their first jobs: a few at first, then more
 * at once. A job is returned when no remaining block can contain one that precedes it.
 */
final class BlockCandidates {

    static final int MOST_AT_ONCE = 64;

    private final Session session;
    private final BlockCache kept;
    private final BlockFilter filter;
    private final ListOrder order;
    private final JobId after;
    private final Deque<BlockHeader> blocks;
    private final PriorityQueue<JobId> found;
    private int atOnce = 1;
    private @Nullable JobId last;

    /** Starts after a job in the order of the list. */
    BlockCandidates(Session session, BlockCache kept, BlockFilter filter, ListOrder order, @Nullable JobId after)
            throws SQLException {
        this.session = session;
        this.kept = kept;
        this.filter = filter;
        this.order = order;
        this.after = after == null ? order.begin() : after;
        found = new PriorityQueue<>(order.comparator());
        blocks = blocks(session, kept.tables(), filter, order, this.after);
    }

    /** Returns the blocks that may contain matching jobs, in the order of their first jobs. */
    static Deque<BlockHeader> blocks(
            Session session, BlockTables tables, BlockFilter filter, ListOrder order, JobId after) throws SQLException {
        Set<Integer> labelled = null;
        for (long label : filter.labels()) {
            Set<Integer> with = new HashSet<>(tables.blocksWith(session, label));
            if (labelled != null) {
                with.retainAll(labelled);
            }
            labelled = with;
        }
        List<BlockHeader> blocks = new ArrayList<>();
        for (BlockHeader block :
                labelled != null && labelled.isEmpty() ? List.<BlockHeader>of() : tables.headers(session)) {
            if (order.isBefore(after, order.last(block))
                    && filter.mayBeInTime(block)
                    && (labelled == null || labelled.contains(block.number()))) {
                blocks.add(block);
            }
        }
        blocks.sort(Comparator.comparing(order::first, order.comparator()));
        return new ArrayDeque<>(blocks);
    }

    /** Returns the positions in blocks that have all labels of a filter; null for a filter without labels. */
    static @Nullable Map<Integer, BitSet> labelled(
            Session session, BlockTables tables, BlockFilter filter, Collection<Integer> blocks) throws SQLException {
        Map<Integer, BitSet> positions = null;
        for (long label : filter.labels()) {
            Map<Integer, BitSet> with = new HashMap<>(tables.positions(session, label, blocks));
            if (positions != null) {
                Map<Integer, BitSet> others = positions;
                with.keySet().retainAll(others.keySet());
                with.forEach((block, own) -> own.and(others.get(block)));
            }
            positions = with;
        }
        return positions;
    }

    /** Returns the next jobs; fewer than {@code most} only at the end or at the deadline. */
    List<JobId> next(int most, long deadline) throws SQLException {
        List<JobId> next = new ArrayList<>();
        while (true) {
            JobId firstLeft = firstLeft();
            while (!found.isEmpty() && next.size() < most && order.isBefore(found.element(), firstLeft)) {
                JobId id = found.remove();
                if (!id.equals(last)) { // the job moved to another block during the search
                    next.add(id);
                }
                last = id;
            }
            if (next.size() >= most || blocks.isEmpty() || System.nanoTime() - deadline >= 0) {
                return next;
            }
            look();
        }
    }

    boolean isFinished() {
        return blocks.isEmpty() && found.isEmpty();
    }

    private JobId firstLeft() {
        return blocks.isEmpty() ? order.end() : order.first(blocks.element());
    }

    /** Returns a position in the list: all matching jobs up to it have been returned, and none after it. */
    JobId reached() {
        JobId left = firstLeft();
        return order.before(found.isEmpty() || order.isBefore(left, found.element()) ? left : found.element());
    }

    private void look() throws SQLException {
        List<BlockHeader> some = new ArrayList<>();
        while (some.size() < atOnce && !blocks.isEmpty()) {
            some.add(blocks.remove());
        }
        atOnce = Math.min(2 * atOnce, MOST_AT_ONCE);
        List<Integer> numbers = some.stream().map(BlockHeader::number).toList();
        Map<Integer, BitSet> labelled = labelled(session, kept.tables(), filter, numbers);
        Map<Integer, BitSet> meant = new HashMap<>();
        kept.rows(session, numbers).forEach((number, row) -> {
            BitSet positions = labelled == null
                    ? filter.positions(row, null)
                    : filter.positions(row, labelled.getOrDefault(number, new BitSet()));
            if (!positions.isEmpty()) {
                meant.put(number, positions);
            }
        });
        kept.tables()
                .ids(session, meant.keySet())
                .forEach((number, ids) -> Objects.requireNonNull(meant.get(number)).stream()
                        .filter(position -> position < ids.size() && filter.isInTime(ids.createdAt(position)))
                        .mapToObj(ids::id)
                        .filter(id -> order.isBefore(after, id))
                        .forEach(found::add));
    }
}
