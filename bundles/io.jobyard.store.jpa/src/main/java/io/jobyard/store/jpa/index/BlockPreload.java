// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.index;

import io.jobyard.store.jpa.sql.Session;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Reads the blocks of the index before the first count, which needs all of them. Only for the thread of the index. */
final class BlockPreload {

    private static final int AT_ONCE = 64;

    /** Multiple of the size of the preloaded blocks that must be free in the heap, because the host may need the memory. */
    private static final int TIMES_FREE = 3;

    private final BlockCache kept;
    private final LongSupplier freeBytes;
    /** Numbers of the blocks that are still to be read; null before they are known. */
    private @Nullable Deque<Integer> left;

    BlockPreload(BlockCache kept) {
        this(kept, OldGeneration::free);
    }

    /** @param freeBytes free bytes of the heap */
    BlockPreload(BlockCache kept, LongSupplier freeBytes) {
        this.kept = kept;
        this.freeBytes = freeBytes;
    }

    /** Restarts the preload from the beginning. */
    void forget() {
        left = null;
    }

    /** Reads some blocks, the youngest jobs first. Returns whether more blocks and memory remain. */
    boolean read(Session session) throws SQLException {
        Deque<Integer> blocks = left;
        if (blocks == null) {
            blocks = new ArrayDeque<>();
            for (BlockHeader block : kept.tables().headers(session)) {
                blocks.add(block.number());
            }
            left = blocks;
        }
        if (!kept.hasRoom() || freeBytes.getAsLong() < TIMES_FREE * kept.mostBytes()) {
            return false;
        }
        List<Integer> some = new ArrayList<>();
        while (some.size() < AT_ONCE && !blocks.isEmpty()) {
            some.add(blocks.remove());
        }
        kept.rows(session, some);
        return !blocks.isEmpty();
    }
}
