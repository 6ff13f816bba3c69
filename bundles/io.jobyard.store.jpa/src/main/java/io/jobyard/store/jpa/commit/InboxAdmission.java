// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.commit;

import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.AdmittedJob;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Stores a job that was submitted from SQL, unless another host has stored it. */
public record InboxAdmission(long number, AdmittedJob job, CompletableFuture<Boolean> future) implements Change {

    @Override
    public Runnable apply(Transaction transaction) throws SQLException {
        boolean taken = transaction.hasTaken(number);
        if (taken) {
            transaction.jobs().admit(job);
            transaction.letsIn(job.stored().job().submitter(), 1);
        }
        return () -> future.complete(taken);
    }

    @Override
    public List<Long> takes() {
        return List.of(number);
    }

    @Override
    public boolean isAnsweredFirst() {
        return true;
    }

    @Override
    public boolean isRefusedMeanwhile() {
        return true;
    }

    @Override
    public List<StoredJob> jobs() {
        return List.of(job.stored());
    }
}
