// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.commit;

import io.jobyard.api.JobId;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.steps.StoredStep;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Ends a run whose job waits. If the signal that it waits for has already arrived, the job continues. */
public record RunSuspension(Move waits, Move goesOn, StoredStep on, CompletableFuture<Boolean> future)
        implements Change {

    @Override
    public void foresee(WorkReads looks) {
        looks.foreseeWait(waits.before().id(), on.awaits());
    }

    @Override
    public Runnable apply(Transaction transaction) throws SQLException {
        JobId job = waits.before().id();
        WorkReads looks = transaction.jobs().looks();
        boolean isTold = on.awaits() != null && looks.signals(job).contains(on.awaits());
        boolean isNew = looks.waits(job).stream().noneMatch(open -> open.number() == on.number());
        PendingMove sent = transaction.jobs().move(isTold ? goesOn : waits, null, won -> {
            if (isNew) {
                won.keep(job, on);
            }
        });
        looks.worked(job);
        return () -> future.complete(sent.won());
    }

    @Override
    public List<StoredJob> moved() {
        return List.of(waits.before());
    }
}
