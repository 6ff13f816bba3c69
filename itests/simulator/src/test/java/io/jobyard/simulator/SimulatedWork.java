// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import io.jobyard.api.JobId;
import io.jobyard.api.StepKind;
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
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Steps, waits and signals as one life of a host has them. */
final class SimulatedWork implements WorkStore {

    private final Database rows;
    private final SimulatedStore store;

    SimulatedWork(World world, SimulatedStore store) {
        this.rows = world.database;
        this.store = store;
    }

    @Override
    public CompletableFuture<Boolean> keep(Assignment run, List<StoredStep> steps, RunOutput before) {
        return store.change(transaction -> transaction.steps.keep(run, steps));
    }

    @Override
    public CompletableFuture<Boolean> end(Assignment run, StoredStep wait, RunOutput before) {
        return store.change(transaction -> transaction.steps.end(run, wait));
    }

    @Override
    public CompletableFuture<Boolean> admit(Assignment run, StoredStep wait, List<AdmittedJob> children) {
        return store.change(transaction -> transaction.steps.admit(run, wait, children));
    }

    @Override
    public CompletableFuture<Boolean> rest(Move waits, Move goesOn, StoredStep wait) {
        return store.outcome(waits.before(), transaction -> transaction.steps.rest(waits, goesOn, wait));
    }

    @Override
    public CompletableFuture<Boolean> signal(
            JobId job, StoredSignal signal, Function<StoredJob, Move> wake, @Nullable AuditEntry audit) {
        return store.change(transaction -> transaction.steps.signal(job, signal, wake));
    }

    @Override
    public CompletableFuture<Boolean> retryFrom(Move retry, int from) {
        return store.change(transaction -> transaction.steps.retryFrom(retry, from));
    }

    @Override
    public CompletableFuture<Boolean> fork(AdmittedJob job, List<StoredStep> steps, AuditEntry audit) {
        throw new UnsupportedOperationException("nobody forks here");
    }

    @Override
    public List<StoredStep> steps(JobId job) {
        return store.read(() -> rows.steps.rows().entrySet().stream()
                .filter(step -> step.getKey().job().equals(job))
                .map(Map.Entry::getValue)
                .sorted(Comparator.comparingInt(StoredStep::number))
                .toList());
    }

    @Override
    public Map<JobId, List<JobId>> children(Collection<JobId> jobs) {
        return store.read(() -> {
            Map<JobId, List<JobId>> found = new HashMap<>();
            rows.steps.rows().forEach((key, step) -> {
                if (jobs.contains(key.job()) && step.kind() == StepKind.CHILDREN && !step.isFinished()) {
                    found.put(key.job(), step.children());
                }
            });
            return found;
        });
    }

    @Override
    public List<StoredSignal> signals(JobId job) {
        return store.read(() -> rows.signals.rows().entrySet().stream()
                .filter(row -> row.getKey().job().equals(job) && !row.getValue().taken())
                .map(row -> row.getValue().signal())
                .sorted(Comparator.comparingInt(StoredSignal::number))
                .toList());
    }

    @Override
    public Optional<String> value(JobId job, int number) {
        throw new UnsupportedOperationException("no value is large here");
    }

    @Override
    public CompletableFuture<Boolean> emit(Assignment run, List<StreamPiece> pieces) {
        throw new UnsupportedOperationException("nobody emits here");
    }

    @Override
    public List<StreamPiece> stream(JobId job, long after, int limit) {
        throw new UnsupportedOperationException("nobody emits here");
    }
}
