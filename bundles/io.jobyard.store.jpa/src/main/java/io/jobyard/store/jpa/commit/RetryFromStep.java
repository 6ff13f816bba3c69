// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.commit;

import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Retries a job and keeps its steps before a position. */
public record RetryFromStep(Move move, int from, CompletableFuture<Boolean> future) implements Change {

    @Override
    public Runnable apply(Transaction transaction) throws SQLException {
        StoredJob before = move.before();
        PendingMove sent = transaction
                .jobs()
                .move(move, null, won -> won.steps().drop(won.session(), before.id(), from, before.run()));
        transaction.letsIn(before.job().submitter(), 1);
        transaction.jobs().looks().worked(before.id());
        return () -> future.complete(sent.won());
    }

    @Override
    public List<StoredJob> moved() {
        return List.of(move.before());
    }

    @Override
    public List<StoredJob> jobs() {
        return List.of(move.after());
    }
}
