// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.spi.Assignment;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;

/** Rows of a run, which are written only while it holds its job. */
record RunWrite(Assignment run, RowWrite.Rows rows, CompletableFuture<Boolean> future) implements Change {

    @Override
    public void foresee(WorkLooks looks) {
        looks.foreseeRun(run.stored().id());
    }

    @Override
    public Runnable apply(Transaction transaction) throws SQLException {
        boolean holds = transaction.looks().holds(run);
        if (holds) {
            rows.write(transaction);
        }
        return () -> future.complete(holds);
    }
}
