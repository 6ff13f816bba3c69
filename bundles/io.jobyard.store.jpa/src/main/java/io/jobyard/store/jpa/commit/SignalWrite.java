// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.commit;

import io.jobyard.api.JobId;
import io.jobyard.api.QuotaException;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.steps.SignalRule;
import io.jobyard.spi.steps.StoredSignal;
import io.jobyard.store.jpa.rows.StepTable;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Stores a signal to a job, and wakes the job if it waits for this signal. */
public record SignalWrite(
        JobId job,
        StoredSignal signal,
        Function<StoredJob, Move> wake,
        @Nullable AuditEntry audit,
        CompletableFuture<Boolean> future)
        implements Change {

    @Override
    public void foresee(WorkReads looks) {
        looks.foreseeSignal(job);
    }

    @Override
    public Runnable apply(Transaction transaction) throws SQLException {
        WorkReads looks = transaction.jobs().looks();
        StoredJob told = looks.job(job);
        if (told == null) {
            return () -> future.complete(false);
        }
        SignalRule rule = new SignalRule(
                told,
                looks.waits(job).stream()
                        .map(StepTable.Open::awaits)
                        .filter(Objects::nonNull)
                        .toList(),
                looks.signals(job));
        try {
            if (!rule.takes(signal.name())) {
                return () -> future.complete(false);
            }
        } catch (QuotaException e) {
            return () -> future.completeExceptionally(e);
        }
        transaction.signals().add(transaction.session(), job, signal.numbered(looks.lastSignal(job) + 1));
        if (rule.isWokenBy(signal.name())) {
            transaction.jobs().move(wake.apply(told), null);
        }
        if (audit != null) {
            transaction.audit(audit);
        }
        looks.worked(job);
        return () -> future.complete(true);
    }

    @Override
    public boolean isRefusedMeanwhile() {
        return true;
    }
}
