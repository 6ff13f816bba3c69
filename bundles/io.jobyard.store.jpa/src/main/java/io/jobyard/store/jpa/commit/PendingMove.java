// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.commit;

import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.store.ReleaseRule;
import io.jobyard.store.jpa.feed.HistoryTable;
import io.jobyard.store.jpa.feed.SealTable;
import org.jspecify.annotations.Nullable;

/** Move whose outcome is known at the end of its round: it applies only if the job still has the expected version. */
final class PendingMove {

    private final Move move;
    private final @Nullable ReleaseRule rule;
    private final RowWrite.@Nullable WrittenRows also;
    private final HistoryTable.Next trail;
    private final SealTable.SealChange seal;
    private boolean won;

    PendingMove(
            Move move,
            @Nullable ReleaseRule rule,
            RowWrite.@Nullable WrittenRows also,
            HistoryTable.Next trail,
            SealTable.SealChange seal) {
        this.move = move;
        this.rule = rule;
        this.also = also;
        this.trail = trail;
        this.seal = seal;
    }

    Move move() {
        return move;
    }

    @Nullable
    ReleaseRule rule() {
        return rule;
    }

    /** Returns the rows to write if the move applies; null for none. */
    RowWrite.@Nullable WrittenRows also() {
        return also;
    }

    HistoryTable.Next trail() {
        return trail;
    }

    SealTable.SealChange seal() {
        return seal;
    }

    /** Returns whether the move may finish a job that others depend on. */
    boolean mayRelease() {
        return rule != null && move.state().status().isFinished();
    }

    boolean won() {
        return won;
    }

    /** Marks the move as applied, provided that the transaction is committed. */
    void win() {
        won = true;
    }
}
