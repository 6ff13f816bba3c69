// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.RunUse;
import io.jobyard.api.spi.Assignment;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Rows of a run, which are written only while it holds its job, and what it has used, which is written in any case. */
record RunWrite(Assignment run, RowWrite.Rows rows, List<RunUse> uses, CompletableFuture<Boolean> future)
        implements Change {

    @Override
    public void foresee(WorkLooks looks) {
        looks.foreseeRun(run.stored().id());
    }

    @Override
    public Runnable apply(Transaction transaction) throws SQLException {
        transaction.usage().add(uses);
        boolean holds = transaction.looks().holds(run);
        if (holds) {
            rows.write(transaction);
        }
        return () -> future.complete(holds);
    }
}
