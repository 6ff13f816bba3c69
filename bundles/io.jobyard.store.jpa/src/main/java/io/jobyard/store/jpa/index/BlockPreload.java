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

/** Reads the blocks of the index before the first count, which goes through all of them. For the thread of the index. */
final class BlockPreload {

    private static final int AT_ONCE = 64;

    /** Preloaded blocks must not use memory that the host may need: this many times their size must be free. */
    private static final int TIMES_FREE = 3;

    private final BlockCache kept;
    private final LongSupplier freeBytes;
    /** Which ones have not been read; null before that is known. */
    private @Nullable Deque<Integer> left;

    BlockPreload(BlockCache kept) {
        this(kept, OldGeneration::free);
    }

    /** @param freeBytes free bytes of the heap */
    BlockPreload(BlockCache kept, LongSupplier freeBytes) {
        this.kept = kept;
        this.freeBytes = freeBytes;
    }

    /** Starts from scratch. */
    void forget() {
        left = null;
    }

    /** Reads some, those with the youngest jobs first; whether there may be more, and room for them. */
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
