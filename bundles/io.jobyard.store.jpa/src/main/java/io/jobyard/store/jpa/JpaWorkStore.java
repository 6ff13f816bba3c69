// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.JobId;
import io.jobyard.api.StreamPiece;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.steps.RunOutput;
import io.jobyard.spi.steps.StoredSignal;
import io.jobyard.spi.steps.StoredStep;
import io.jobyard.spi.steps.WorkStore;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.store.jpa.commit.Change;
import io.jobyard.store.jpa.commit.ChildAdmission;
import io.jobyard.store.jpa.commit.ForkAdmission;
import io.jobyard.store.jpa.commit.Inbox;
import io.jobyard.store.jpa.commit.RetryFromStep;
import io.jobyard.store.jpa.commit.RunSuspension;
import io.jobyard.store.jpa.commit.RunWrite;
import io.jobyard.store.jpa.commit.SignalWrite;
import io.jobyard.store.jpa.rows.SignalTable;
import io.jobyard.store.jpa.rows.StepTable;
import io.jobyard.store.jpa.rows.StreamTable;
import io.jobyard.store.jpa.sql.ReadPool;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Steps, signals and streams. The inbox accepts their changes even when it is full, because runs wait for the answers. */
final class JpaWorkStore implements WorkStore {

    private final Inbox inbox;
    private final ReadPool readers;

    JpaWorkStore(Inbox inbox, ReadPool readers) {
        this.inbox = inbox;
        this.readers = readers;
    }

    private CompletableFuture<Boolean> submit(Function<CompletableFuture<Boolean>, Change> change) {
        CompletableFuture<Boolean> future = new CompletableFuture<>();
        return inbox.submit(change.apply(future), future);
    }

    @Override
    public CompletableFuture<Boolean> keep(Assignment run, List<StoredStep> steps, RunOutput before) {
        List<StoredStep> copy = List.copyOf(steps);
        return submit(future -> new RunWrite(
                run,
                transaction -> {
                    for (StoredStep step : copy) {
                        transaction.keep(run.stored().id(), step);
                    }
                },
                before,
                future));
    }

    @Override
    public CompletableFuture<Boolean> end(Assignment run, StoredStep wait, RunOutput before) {
        return submit(future ->
                new RunWrite(run, transaction -> transaction.end(run.stored().id(), wait), before, future));
    }

    @Override
    public CompletableFuture<Boolean> admit(Assignment run, StoredStep wait, List<AdmittedJob> children) {
        List<AdmittedJob> copy = List.copyOf(children);
        return submit(future -> new ChildAdmission(run, wait, copy, future));
    }

    @Override
    public CompletableFuture<Boolean> rest(Move waits, Move goesOn, StoredStep wait) {
        return submit(future -> new RunSuspension(waits, goesOn, wait, future));
    }

    @Override
    public CompletableFuture<Boolean> signal(
            JobId job, StoredSignal signal, Function<StoredJob, Move> wake, @Nullable AuditEntry audit) {
        return submit(future -> new SignalWrite(job, signal, wake, audit, future));
    }

    @Override
    public CompletableFuture<Boolean> retryFrom(Move retry, int from) {
        return submit(future -> new RetryFromStep(retry, from, future));
    }

    @Override
    public CompletableFuture<Boolean> fork(AdmittedJob job, List<StoredStep> steps, AuditEntry audit) {
        List<StoredStep> copy = List.copyOf(steps);
        return submit(future -> new ForkAdmission(job, copy, audit, future));
    }

    @Override
    public CompletableFuture<Boolean> emit(Assignment run, List<StreamPiece> pieces) {
        RunOutput emitted = RunOutput.emitted(pieces);
        return submit(future -> new RunWrite(run, transaction -> {}, emitted, future));
    }

    @Override
    public List<StoredStep> steps(JobId job) {
        return readers.ask(session -> StepTable.read(session, job));
    }

    @Override
    public Map<JobId, List<JobId>> children(Collection<JobId> jobs) {
        return readers.ask(session -> StepTable.awaitedBy(session, jobs));
    }

    @Override
    public Optional<String> value(JobId job, int number) {
        return readers.ask(session -> StepTable.value(session, job, number));
    }

    @Override
    public List<StoredSignal> signals(JobId job) {
        return readers.ask(session -> SignalTable.read(session, job));
    }

    @Override
    public List<StreamPiece> stream(JobId job, long after, int limit) {
        return readers.ask(session -> StreamTable.read(session, job, after, limit));
    }
}
