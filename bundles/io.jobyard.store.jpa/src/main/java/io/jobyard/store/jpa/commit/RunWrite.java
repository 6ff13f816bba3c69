// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.commit;

import io.jobyard.api.JobId;
import io.jobyard.api.StreamPiece;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.steps.RunOutput;
import io.jobyard.spi.steps.WorkStore;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Writes rows of a run and its earlier output. The rows and the stream are written only while the run holds its job and the stream has
 * room. Log lines and usage are written in any case.
 */
public record RunWrite(Assignment run, RowWrite.WrittenRows rows, RunOutput before, CompletableFuture<Boolean> future)
        implements Change {

    @Override
    public void foresee(WorkReads looks) {
        looks.foreseeRun(job());
    }

    @Override
    public Runnable apply(Transaction transaction) throws SQLException {
        transaction.usage().add(before.uses());
        transaction.log(job(), before.log());
        if (!transaction.jobs().looks().holds(run)) {
            return () -> future.complete(false);
        }
        if (!before.pieces().isEmpty() && !isEmitted(transaction)) {
            return () -> future.completeExceptionally(WorkStore.streamIsFull(job()));
        }
        rows.write(transaction);
        return () -> future.complete(true);
    }

    private boolean isEmitted(Transaction transaction) throws SQLException {
        Optional<List<StreamPiece>> placed = transaction
                .streams()
                .add(transaction.session(), job(), run.stored().run(), before.pieces());
        placed.ifPresent(pieces ->
                transaction.tell(listener -> listener.emitted(run.stored().job(), pieces)));
        return placed.isPresent();
    }

    private JobId job() {
        return run.stored().id();
    }
}
