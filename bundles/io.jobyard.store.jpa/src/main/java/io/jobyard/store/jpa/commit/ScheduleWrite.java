// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.commit;

import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.schedules.ScheduleChange;
import io.jobyard.spi.store.AdmittedJob;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Changes a schedule and stores its jobs, unless the schedule has changed meanwhile. */
public record ScheduleWrite(ScheduleChange change, CompletableFuture<Boolean> future) implements Change {

    @Override
    public Runnable apply(Transaction transaction) throws SQLException {
        boolean won = transaction.hasChanged(change);
        if (won) {
            if (!change.jobs().isEmpty()) {
                transaction.letsIn(
                        change.jobs().get(0).stored().job().submitter(),
                        change.jobs().size());
            }
            for (AdmittedJob job : change.jobs()) {
                transaction.jobs().admit(job);
            }
            if (change.audit() != null) {
                transaction.audit(change.audit());
                transaction.feed().scheduled(transaction.session(), change.name());
                transaction.tell(listener -> listener.scheduled(change.name()));
            }
        }
        return () -> future.complete(won);
    }

    @Override
    public int size() {
        return 1 + change.jobs().size();
    }

    @Override
    public List<ScheduleChange> schedules() {
        return List.of(change);
    }

    @Override
    public boolean isRefusedMeanwhile() {
        return true;
    }

    @Override
    public List<StoredJob> jobs() {
        return change.jobs().stream().map(AdmittedJob::stored).toList();
    }
}
