// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.index;

import io.jobyard.api.JobId;
import io.jobyard.store.jpa.feed.FeedState;
import io.jobyard.store.jpa.sql.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * State of the search index in memory, for its thread: the blocks that receive jobs, and some others. After a failure in a transaction, a
 * new instance is created from the stored state.
 */
public final class SearchIndex {

    /** Number of blocks in memory, with about 20 KB each. */
    private static final int KEPT = 64;
    /** Number of jobs below which a block moves its jobs to other blocks. */
    private static final int SPARSE = JobBlock.PLACES / 4;

    private final BlockTables tables;
    private final IndexedRows rows;
    private final Map<Integer, BlockHeader> closed = new HashMap<>();
    private final Set<Integer> stored = new HashSet<>();
    private final Map<Integer, JobBlock> loaded = new LinkedHashMap<>(16, 0.75f, true);
    private final Set<JobBlock> changed = new LinkedHashSet<>();
    /** Block for new jobs. */
    private @Nullable JobBlock young;
    /** Block for jobs that are older than the index. */
    private @Nullable JobBlock old;

    private @Nullable BlockRanges ranges;
    private int lastNumber;

    private SearchIndex(BlockTables tables) {
        this.tables = tables;
        rows = new IndexedRows(tables.byId());
    }

    /** Opens the stored index. */
    public static SearchIndex open(Session session, BlockTables tables) throws SQLException {
        SearchIndex index = new SearchIndex(tables);
        List<BlockHeader> headers = tables.headers(session);
        for (BlockHeader header : headers) {
            index.closed.put(header.number(), header);
            index.stored.add(header.number());
            index.lastNumber = Math.max(index.lastNumber, header.number());
        }
        if (!headers.isEmpty()) { // an earlier process may have ended before the last block was full
            index.changed.add(index.load(session, headers.get(0)));
        }
        return index;
    }

    /** Updates jobs from the feed or their rows. Ignores unknown jobs with an ID below {@code unfilled}, which are added later. */
    void changed(Session session, Collection<FeedState> jobs, @Nullable JobId unfilled) throws SQLException {
        Set<JobId> toRead = new TreeSet<>();
        for (FeedState job : jobs) {
            JobBlock holder = job.isAll() ? holder(session, job.job()) : null;
            if (holder != null && holder.update(job)) {
                changed.add(holder);
            } else {
                toRead.add(job.job());
            }
        }
        Map<JobId, IndexedJob> read = rows.read(session, toRead);
        for (JobId id : toRead) {
            JobBlock holder = holder(session, id);
            IndexedJob now = read.get(id);
            if (holder == null) {
                if (now != null && (unfilled == null || id.compareTo(unfilled) >= 0)) {
                    young = added(young, now);
                }
            } else if (now == null) {
                holder.remove(id);
                changed.add(holder);
            } else if (holder.update(now)) {
                changed.add(holder);
            } else {
                move(holder, now);
            }
        }
    }

    /** Adds jobs that are older than the index. */
    public void fill(Session session, List<IndexedJob> jobs) throws SQLException {
        for (IndexedJob job : jobs) {
            if (holder(session, job.id()) == null) {
                old = added(old, job);
            }
        }
    }

    private @Nullable JobBlock holder(Session session, JobId id) throws SQLException {
        if (young != null && young.contains(id)) {
            return young;
        } else if (old != null && old.contains(id)) {
            return old;
        }
        BlockRanges known = ranges;
        if (known == null) {
            known = new BlockRanges(closed.values());
            ranges = known;
        }
        for (BlockHeader header : known.thatMayHold(id)) {
            JobBlock block = load(session, header);
            if (block.contains(id)) {
                return block;
            }
        }
        return null;
    }

    private JobBlock load(Session session, BlockHeader header) throws SQLException {
        JobBlock block = loaded.get(header.number());
        if (block == null) {
            block = tables.load(session, header);
            loaded.put(header.number(), block);
        }
        return block;
    }

    /** Adds a job to the open block, or to a new block if the open block is full. Returns the block. */
    private JobBlock added(@Nullable JobBlock open, IndexedJob job) {
        JobBlock block = open;
        if (block == null || !block.hasRoom()) {
            close(block);
            block = new JobBlock(++lastNumber);
        }
        block.add(job);
        changed.add(block);
        return block;
    }

    private void close(@Nullable JobBlock block) {
        if (block != null) {
            closed.put(block.number(), block.header());
            loaded.put(block.number(), block);
            ranges = null;
        }
    }

    private void move(JobBlock from, IndexedJob job) {
        from.remove(job.id());
        changed.add(from);
        old = added(old, job);
    }

    /** Sends all changes. Returns the numbers of the changed blocks. */
    public Set<Integer> write(Session session) throws SQLException {
        Set<Integer> numbers = new HashSet<>();
        changed.forEach(block -> numbers.add(block.number()));
        for (JobBlock block : List.copyOf(changed)) {
            if (closed.containsKey(block.number()) && block.jobs().size() < SPARSE) {
                dissolve(session, block);
            }
        }
        for (JobBlock block : changed) {
            numbers.add(block.number());
            BlockTables.write(session, block, !stored.add(block.number()));
        }
        BlockTables.run(session);
        for (JobBlock block : changed) {
            block.stored();
            if (closed.containsKey(block.number())) {
                block.forgetLabels(); // a closed block receives no more jobs
            }
        }
        changed.clear();
        forgetSome();
        return numbers;
    }

    private void dissolve(Session session, JobBlock block) throws SQLException {
        for (IndexedJob job : new ArrayList<>(rows.read(session, block.jobs()).values())) {
            old = added(old, job);
        }
        closed.remove(block.number());
        loaded.remove(block.number());
        changed.remove(block);
        ranges = null;
        if (stored.remove(block.number())) {
            BlockTables.delete(session, block.number());
        }
    }

    private void forgetSome() {
        for (Iterator<JobBlock> eldest = loaded.values().iterator(); loaded.size() > KEPT; ) {
            eldest.next();
            eldest.remove();
        }
    }
}
