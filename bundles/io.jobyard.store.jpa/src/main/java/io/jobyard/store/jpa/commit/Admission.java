// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.commit;

import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.AdmittedJob;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Stores new jobs: all of them or none. */
public record Admission(List<AdmittedJob> admitted, CompletableFuture<Void> future) implements Change {

    @Override
    public Runnable apply(Transaction transaction) throws SQLException {
        for (AdmittedJob job : admitted) {
            transaction.jobs().admit(job);
        }
        if (!admitted.isEmpty()) {
            transaction.letsIn(admitted.get(0).stored().job().submitter(), admitted.size());
        }
        return () -> future.complete(null);
    }

    /** Returns the number of jobs, so that outcomes do not wait for a batch of many thousand jobs. */
    @Override
    public int size() {
        return admitted.size();
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
        return admitted.stream().map(AdmittedJob::stored).toList();
    }
}
