// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.StreamPiece;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.steps.RunOutput;
import io.jobyard.spi.steps.SignalRule;
import io.jobyard.spi.steps.StoredSignal;
import io.jobyard.spi.steps.StoredStep;
import io.jobyard.spi.steps.WorkStore;
import io.jobyard.spi.store.AdmittedJob;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Steps, signals and streams in memory. */
final class InMemoryWork implements WorkStore {

    private final InMemoryTables tables;
    private final InMemorySteps work;
    private final InMemoryCommits commits;
    private final Function<Move, List<Committed>> mover;
    private final Consumer<AuditEntry> auditor;

    /** Creates the tables. */
    InMemoryWork(
            InMemoryTables tables,
            InMemoryCommits commits,
            Function<Move, List<Committed>> mover,
            Consumer<AuditEntry> auditor) {
        this.tables = tables;
        this.work = tables.work;
        this.commits = commits;
        this.mover = mover;
        this.auditor = auditor;
    }

    @Override
    public CompletableFuture<Boolean> keep(Assignment run, List<StoredStep> steps, RunOutput before) {
        List<StoredStep> copy = List.copyOf(steps);
        return write(
                run, before, () -> copy.forEach(step -> work.keep(run.stored().id(), step)));
    }

    @Override
    public CompletableFuture<Boolean> end(Assignment run, StoredStep wait, RunOutput before) {
        return write(run, before, () -> work.end(run.stored().id(), wait));
    }

    @Override
    public CompletableFuture<Boolean> emit(Assignment run, List<StreamPiece> pieces) {
        return write(run, RunOutput.emitted(pieces), () -> {});
    }

    private CompletableFuture<Boolean> write(Assignment run, RunOutput before, Runnable change) {
        JobId id = run.stored().id();
        boolean[] stored = {false};
        List<StreamPiece> placed = new ArrayList<>();
        return commits.write(
                        () -> {
                            stored[0] = holds(run);
                            boolean isFull = stored[0] && !work.hasRoomFor(id, before.pieces());
                            if (stored[0] && !isFull) {
                                change.run();
                                placed.addAll(work.emit(id, before.pieces()));
                            }
                            before.uses().forEach(tables::use);
                            tables.log(id, before.log());
                            if (isFull) {
                                throw WorkStore.streamIsFull(id);
                            }
                        },
                        listener -> {
                            if (!before.log().isEmpty()) {
                                listener.logged(id);
                            }
                            if (!placed.isEmpty()) {
                                listener.emitted(run.stored().job(), placed);
                            }
                        })
                .thenApply(done -> stored[0]);
    }

    private boolean holds(Assignment run) {
        StoredJob job = tables.jobs.get(run.stored().id());
        return job != null
                && job.status() == JobStatus.RUNNING
                && job.run() == run.stored().run()
                && job.incarnation() != null
                && job.incarnation().equals(run.stored().incarnation());
    }

    @Override
    public CompletableFuture<Boolean> admit(Assignment run, StoredStep wait, List<AdmittedJob> children) {
        List<AdmittedJob> copy = List.copyOf(children);
        boolean[] stored = {false};
        return commits.change(
                () -> {
                    stored[0] = holds(run);
                    if (!stored[0]) {
                        return List.of();
                    }
                    List<Committed> admitted = tables.admit(copy);
                    work.keep(run.stored().id(), wait);
                    return admitted;
                },
                done -> stored[0]);
    }

    @Override
    public CompletableFuture<Boolean> rest(Move waits, Move goesOn, StoredStep wait) {
        return commits.change(
                () -> {
                    JobId id = waits.before().id();
                    boolean isTold = wait.awaits() != null && names(id).contains(wait.awaits());
                    List<Committed> done = mover.apply(isTold ? goesOn : waits);
                    if (!done.isEmpty() && work.counting(id, wait.number()).isEmpty()) {
                        work.keep(id, wait);
                    }
                    return done;
                },
                done -> !done.isEmpty());
    }

    @Override
    public CompletableFuture<Boolean> signal(
            JobId job, StoredSignal signal, Function<StoredJob, Move> wake, @Nullable AuditEntry audit) {
        boolean[] stored = {false};
        return commits.change(
                () -> {
                    StoredJob told = tables.jobs.get(job);
                    if (told == null) {
                        return List.of();
                    }
                    SignalRule rule = new SignalRule(told, work.awaited(job), names(job));
                    stored[0] = rule.takes(signal.name());
                    List<Committed> done =
                            stored[0] && rule.isWokenBy(signal.name()) ? mover.apply(wake.apply(told)) : List.of();
                    if (stored[0]) {
                        work.add(job, signal);
                        Optional.ofNullable(audit).ifPresent(auditor);
                    }
                    return done;
                },
                done -> stored[0]);
    }

    private List<String> names(JobId job) {
        return work.untaken(job).stream().map(StoredSignal::name).toList();
    }

    @Override
    public CompletableFuture<Boolean> retryFrom(Move retry, int from) {
        return commits.change(
                () -> {
                    List<Committed> done = mover.apply(retry);
                    if (!done.isEmpty()) {
                        work.drop(retry.before().id(), from, retry.before().run());
                    }
                    return done;
                },
                done -> !done.isEmpty());
    }

    @Override
    public CompletableFuture<Boolean> fork(AdmittedJob job, List<StoredStep> steps, AuditEntry audit) {
        List<StoredStep> copy = List.copyOf(steps);
        return commits.change(
                () -> {
                    List<Committed> admitted = tables.admit(List.of(job));
                    copy.forEach(step -> work.keep(job.stored().id(), step));
                    auditor.accept(audit);
                    return admitted;
                },
                done -> true);
    }

    @Override
    public List<StoredStep> steps(JobId job) {
        return commits.read(() -> work.shown(job));
    }

    @Override
    public Map<JobId, List<JobId>> children(Collection<JobId> jobs) {
        return commits.read(() -> {
            Map<JobId, List<JobId>> found = new HashMap<>();
            jobs.forEach(job -> found.put(job, work.awaitedChildren(job)));
            found.values().removeIf(List::isEmpty);
            return found;
        });
    }

    @Override
    public Optional<String> value(JobId job, int number) {
        return commits.read(() -> work.counting(job, number).map(StoredStep::value));
    }

    @Override
    public List<StoredSignal> signals(JobId job) {
        return commits.read(() -> work.untaken(job));
    }

    @Override
    public List<StreamPiece> stream(JobId job, long after, int limit) {
        return commits.read(() -> work.stream(job, after, limit));
    }
}
