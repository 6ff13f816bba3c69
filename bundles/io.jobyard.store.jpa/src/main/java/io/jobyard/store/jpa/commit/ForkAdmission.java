// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.commit;

import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.steps.StoredStep;
import io.jobyard.spi.store.AdmittedJob;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Stores a new job with the steps of another job. */
public record ForkAdmission(
        AdmittedJob fork, List<StoredStep> steps, AuditEntry audit, CompletableFuture<Boolean> future)
        implements Change {

    @Override
    public Runnable apply(Transaction transaction) throws SQLException {
        transaction.jobs().admit(fork);
        for (StoredStep step : steps) {
            transaction.keep(fork.stored().id(), step);
        }
        transaction.letsIn(fork.stored().job().submitter(), 1);
        transaction.audit(audit);
        return () -> future.complete(true);
    }

    @Override
    public int size() {
        return 1 + steps.size();
    }

    @Override
    public boolean isRefusedMeanwhile() {
        return true;
    }

    @Override
    public List<StoredJob> jobs() {
        return List.of(fork.stored());
    }
}
