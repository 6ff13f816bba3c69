// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.commit;

import io.jobyard.api.JobId;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.steps.StoredStep;
import io.jobyard.spi.store.AdmittedJob;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Stores child jobs and their parent's wait, all or none, while the parent's run still holds its job. */
public record ChildAdmission(
        Assignment run, StoredStep on, List<AdmittedJob> children, CompletableFuture<Boolean> future)
        implements Change {

    @Override
    public void foresee(WorkReads looks) {
        looks.foreseeRun(run.stored().id());
    }

    @Override
    public Runnable apply(Transaction transaction) throws SQLException {
        boolean holds = transaction.jobs().looks().holds(run);
        if (holds) {
            JobId parent = run.stored().id();
            for (AdmittedJob child : children) {
                transaction.jobs().admit(child);
            }
            transaction.letsIn(run.stored().job().submitter(), children.size());
            transaction.keep(parent, on);
        }
        return () -> future.complete(holds);
    }

    @Override
    public List<StoredJob> jobs() {
        return children.stream().map(AdmittedJob::stored).toList();
    }
}
