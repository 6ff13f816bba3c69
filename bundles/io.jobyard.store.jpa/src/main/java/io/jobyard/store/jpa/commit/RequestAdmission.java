// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.commit;

import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.KeptRequest;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Stores a request and its new jobs, unless the request is already stored. */
public record RequestAdmission(KeptRequest request, List<AdmittedJob> admitted, CompletableFuture<Boolean> future)
        implements Change {

    @Override
    public Runnable apply(Transaction transaction) throws SQLException {
        boolean isNew = transaction.keeps(request);
        if (isNew) {
            for (AdmittedJob job : admitted) {
                transaction.jobs().admit(job);
            }
            if (!admitted.isEmpty()) {
                transaction.letsIn(admitted.get(0).stored().job().submitter(), admitted.size());
            }
        }
        return () -> future.complete(isNew);
    }

    @Override
    public int size() {
        return 1 + admitted.size();
    }

    @Override
    public List<KeptRequest> requests() {
        return List.of(request);
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
