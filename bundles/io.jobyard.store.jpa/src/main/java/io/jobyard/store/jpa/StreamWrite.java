// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.JobId;
import io.jobyard.api.StreamPiece;
import io.jobyard.api.spi.Assignment;
import io.jobyard.api.spi.working.WorkStore;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What a run emits, which is written only while it holds its job, and while there is room. */
record StreamWrite(Assignment run, List<StreamPiece> pieces, CompletableFuture<Boolean> future) implements Change {

    @Override
    public void foresee(WorkLooks looks) {
        looks.foreseeRun(run.stored().id());
    }

    @Override
    public Runnable apply(Transaction transaction) throws SQLException {
        JobId job = run.stored().id();
        if (!transaction.looks().holds(run)) {
            return () -> future.complete(false);
        }
        Optional<List<StreamPiece>> placed = transaction
                .streams()
                .add(transaction.session(), job, run.stored().run(), pieces);
        if (placed.isEmpty()) {
            return () -> future.completeExceptionally(WorkStore.streamIsFull(job));
        }
        transaction.tell(listener -> listener.emitted(run.stored().job(), placed.get()));
        return () -> future.complete(true);
    }
}
