// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.commit;

import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.store.jpa.rows.LargeTexts;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Replaces a job that has not started with another job. */
public record JobReplacement(Move move, String payload, CompletableFuture<Boolean> future) implements Change {

    @Override
    public Runnable apply(Transaction transaction) throws SQLException {
        PendingMove sent = transaction
                .jobs()
                .move(
                        move,
                        null,
                        won -> LargeTexts.replacePayload(
                                won.session(), move.before().id(), payload));
        return () -> future.complete(sent.won());
    }

    @Override
    public List<StoredJob> moved() {
        return List.of(move.before());
    }

    @Override
    public boolean isAnsweredFirst() {
        return true;
    }

    @Override
    public boolean isRefusedMeanwhile() {
        return true;
    }
}
