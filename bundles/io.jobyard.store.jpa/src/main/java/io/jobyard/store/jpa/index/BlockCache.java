// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.index;

import io.jobyard.store.jpa.incarnation.Leadership;
import io.jobyard.store.jpa.index.BlockTables.BlockRow;
import io.jobyard.store.jpa.sql.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Cache of blocks of the search index. Most blocks no longer change, and a count reads all of them. Only the host that writes the index
 * caches blocks, because it knows which ones have changed. It drops those after each commit.
 */
public final class BlockCache {

    /** Divisor of the heap size that gives the cache size: 256 MB hold the blocks of a million jobs. */
    private static final int PART_OF_MEMORY = 12;

    /** Size in bytes that a block rarely exceeds in memory. */
    private static final int ROOM_FOR_ONE = 40_000;

    private final BlockTables tables;
    private final Leadership leadership;
    private final long mostBytes;
    private final Map<Integer, BlockRow> rows = new HashMap<>();
    /** Counts over all cached blocks. */
    private FacetCount sum = new FacetCount();

    private long bytes;
    private long changes;

    public BlockCache(BlockTables tables, Leadership leadership) {
        this(tables, leadership, Runtime.getRuntime().maxMemory() / PART_OF_MEMORY);
    }

    public BlockCache(BlockTables tables, Leadership leadership, long mostBytes) {
        this.tables = tables;
        this.leadership = leadership;
        this.mostBytes = mostBytes;
    }

    BlockTables tables() {
        return tables;
    }

    /** Returns the current blocks. Reads missing blocks, and caches them while there is space. */
    Map<Integer, BlockRow> rows(Session session, Collection<Integer> numbers) throws SQLException {
        if (leadership.isShared()) {
            return tables.rows(session, numbers);
        }
        Map<Integer, BlockRow> found = new HashMap<>();
        List<Integer> missing = new ArrayList<>();
        long begun = find(numbers, found, missing);
        Map<Integer, BlockRow> read = tables.rows(session, missing);
        found.putAll(read);
        keep(read, begun);
        return found;
    }

    /** Adds the counts of all cached blocks to {@code into}. Returns the numbers of these blocks; the caller reads the others. */
    synchronized Set<Integer> count(Set<Integer> numbers, FacetCount into) {
        if (!numbers.containsAll(rows.keySet())) {
            return Set.of(); // a cached block has just been removed
        }
        into.add(sum);
        return Set.copyOf(rows.keySet());
    }

    /** Adds the cached rows to the result, and collects missing numbers. Returns the number of changes so far. */
    private synchronized long find(Collection<Integer> numbers, Map<Integer, BlockRow> found, List<Integer> missing) {
        for (int number : numbers) {
            BlockRow row = rows.get(number);
            if (row == null) {
                missing.add(number);
            } else {
                found.put(number, row);
            }
        }
        return changes;
    }

    /** Caches blocks, unless a change since the read has made them outdated. */
    private void keep(Map<Integer, BlockRow> read, long begun) {
        for (BlockRow row : read.values()) {
            BlockRow kept = row.forKeeping();
            synchronized (this) {
                if (changes != begun) {
                    return;
                }
                if (bytes + kept.bytes() <= mostBytes && rows.putIfAbsent(kept.number(), kept) == null) {
                    bytes += kept.bytes();
                    sum.add(kept);
                }
            }
        }
    }

    /** Removes blocks whose changes have been committed. */
    synchronized void changed(Collection<Integer> numbers) {
        changes++;
        for (int number : numbers) {
            BlockRow row = rows.remove(number);
            if (row != null) {
                bytes -= row.bytes();
                sum.subtract(row);
            }
        }
    }

    /** Empties the cache, because any block may have changed. */
    synchronized void forget() {
        changes++;
        rows.clear();
        sum = new FacetCount();
        bytes = 0;
    }

    /** Returns whether another block of usual size fits. */
    synchronized boolean hasRoom() {
        return !leadership.isShared() && bytes + ROOM_FOR_ONE <= mostBytes;
    }

    /** Returns the maximum size in memory, in bytes. */
    long mostBytes() {
        return mostBytes;
    }

    /** Returns the number of cached blocks. */
    public synchronized int size() {
        return rows.size();
    }
}
