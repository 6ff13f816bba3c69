// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Makes a job that has not started another one. */
record Replacement(Move move, String payload, CompletableFuture<Boolean> future) implements Change {

    @Override
    public Runnable apply(Transaction transaction) throws SQLException {
        SentMove sent = transaction.move(
                move,
                null,
                won -> JobTexts.replacePayload(won.session(), move.before().id(), payload));
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
