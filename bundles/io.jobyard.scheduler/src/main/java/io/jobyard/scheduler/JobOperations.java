// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.Job;
import io.jobyard.api.JobChange;
import io.jobyard.api.JobChangedException;
import io.jobyard.api.JobId;
import io.jobyard.api.JobNotFoundException;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.api.Retried;
import io.jobyard.api.StateConflictException;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.queue.JobAdmission;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.steps.StepByName;
import io.jobyard.spi.steps.StoredStep;
import io.jobyard.spi.steps.WorkStore;
import io.jobyard.spi.store.Futures;
import io.jobyard.spi.store.JobStore;
import io.jobyard.spi.store.KeyTakenException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Operations of users on single jobs. */
final class JobOperations {

    private static final Logger LOG = LoggerFactory.getLogger(JobOperations.class);

    private final JobStore jobs;
    private final WorkStore work;
    private final JobReads reads;
    private final JobAdmission queue;
    private final Decisions decisions;
    private final ChangeDecisions changes;
    private final Access access;
    /** The job as the caller read it; null without a check. */
    private @Nullable Job seen;

    JobOperations(
            JobStore jobs,
            WorkStore work,
            JobReads reads,
            JobAdmission queue,
            Decisions decisions,
            ChangeDecisions changes,
            Access access) {
        this.jobs = jobs;
        this.work = work;
        this.reads = reads;
        this.queue = queue;
        this.decisions = decisions;
        this.changes = changes;
        this.access = access;
    }

    /** Returns operations that change a job only if it is still unchanged. */
    JobOperations onlyIf(Job read) {
        JobOperations own = new JobOperations(jobs, work, reads, queue, decisions, changes, access);
        own.seen = read;
        return own;
    }

    Job cancel(JobId id, Caller caller) {
        return decide(
                id,
                caller,
                AccessRule.CANCEL,
                stored -> Optional.of(decisions.cancel(stored, caller.inHistory(), cancelChildren(stored, caller))),
                this::store);
    }

    /** Cancels a waiting or queued job for the host itself, without a check of permissions. */
    boolean withdraw(JobId id, Caller by, String why) {
        while (true) {
            StoredJob stored = reads.job(id).orElse(null);
            if (stored == null || stored.status() != JobStatus.WAITING && stored.status() != JobStatus.QUEUED) {
                return false;
            }
            if (store(decisions.withdraw(stored, by.inHistory(), why))) {
                return true;
            }
        }
    }

    /** Cancels the children before the job itself, so that a caller can repeat an interrupted call. */
    List<JobId> cancelChildren(StoredJob stored, Caller caller) {
        if (stored.run() == 0 || stored.status().isFinished()) {
            return List.of();
        }
        List<JobId> children = work.children(List.of(stored.id())).getOrDefault(stored.id(), List.of());
        reads.jobs(children).values().stream()
                .filter(child -> !child.status().isFinished() && !child.cancelRequested())
                .forEach(child -> cancelChild(child.id(), caller));
        return stored.reason() == Reason.CHILDREN ? children : List.of();
    }

    private void cancelChild(JobId child, Caller caller) {
        try {
            cancel(child, caller);
        } catch (StateConflictException | JobNotFoundException e) { // the job has finished meanwhile
            LOG.debug("Child {} needs no cancel: {}", child, e.getMessage());
        }
    }

    /** Retries a job from a step: this step and all later ones are repeated. */
    Job retry(JobId id, String fromStep, Caller caller) {
        return decide(
                id,
                caller,
                AccessRule.RETRY,
                stored -> Optional.of(retry(stored, "from step '" + fromStep + "'", caller)),
                move -> Futures.join(sendWithinQuotas(move, () -> work.retryFrom(move, position(id, fromStep)))));
    }

    private int position(JobId id, String step) {
        return StepByName.find(id, work.steps(id), step).number();
    }

    Job retry(JobId id, Caller caller) {
        return decide(
                id,
                caller,
                AccessRule.RETRY,
                stored -> {
                    Move move = retry(stored, "", caller);
                    retryChildren(stored, Set.of(), caller);
                    return Optional.of(move);
                },
                move -> Futures.join(sendWithinQuotas(move)));
    }

    /**
     * Retries failed or cancelled children that a job waited for last, because their state would end the job again. The caller retries the
     * jobs in {@code others}.
     */
    void retryChildren(StoredJob parent, Set<JobId> others, Caller caller) {
        if (parent.run() == 0) {
            return;
        }
        List<JobId> children = work.steps(parent.id()).stream()
                .filter(step -> !step.isDropped())
                .reduce((earlier, later) -> later)
                .map(StoredStep::children)
                .orElse(List.of());
        for (StoredJob child : reads.jobs(children).values()) {
            boolean endedBadly = child.status().isFinished() && child.status() != JobStatus.COMPLETED;
            if (endedBadly && !others.contains(child.id())) {
                retry(child.id(), caller);
            }
        }
    }

    private Move retry(StoredJob stored, String why, Caller caller) {
        List<JobId> dependencies = reads.dependencies(stored.id());
        return decisions.retry(stored, dependencies, reads.jobs(dependencies), caller.inHistory(), why);
    }

    /** Retries the job, and all jobs that failed or were cancelled because of it. */
    Retried retryWithDependents(JobId id, Caller caller) {
        return new DependentsRetry(reads, this, access, caller).of(id);
    }

    Move retried(StoredJob stored, List<JobId> dependencies, Map<JobId, StoredJob> parents, Caller caller) {
        Move move = decisions.retry(stored, dependencies, parents, caller.inHistory(), "");
        retryChildren(stored, Set.of(), caller);
        return move.audited(AuditEntries.entry(caller, AccessRule.RETRY, move));
    }

    Job change(JobId id, JobChange change, Caller caller) {
        if (change.isEmpty()) {
            throw new ValidationException(
                    "nothing to change: set a priority, queue, label, notBefore, timeout or limits");
        }
        return decide(id, caller, AccessRule.CHANGE, stored -> changes.change(stored, change, caller), this::store);
    }

    Job runNow(JobId id, Caller caller) {
        return decide(
                id,
                caller,
                AccessRule.CHANGE,
                stored -> Optional.of(decisions.runNow(stored, caller.inHistory())),
                this::store);
    }

    Job pause(JobId id, PauseTerms pause, Caller caller) {
        return decide(
                id,
                caller,
                AccessRule.PAUSE,
                stored -> Optional.of(decisions.pause(stored, pause, caller.inHistory())),
                this::store);
    }

    Job resume(JobId id, Caller caller) {
        return decide(
                id,
                caller,
                AccessRule.RESUME,
                stored -> Optional.of(decisions.resume(stored, caller.inHistory())),
                this::store);
    }

    /** Makes a decision about the current job and stores it. If the job has changed meanwhile, decides again. */
    private Job decide(
            JobId id,
            Caller caller,
            AccessRule operation,
            Function<StoredJob, Optional<Move>> decision,
            Predicate<Move> store) {
        while (true) {
            StoredJob stored = reads.job(id).orElseThrow(() -> new JobNotFoundException(id.toString()));
            access.require(caller, operation, stored.job());
            requireAsSeen(stored.job());
            Optional<Move> move = decision.apply(stored);
            if (move.isEmpty()) {
                return stored.job();
            }
            Move audited = move.get().audited(AuditEntries.entry(caller, operation, move.get()));
            if (store.test(audited)) {
                return audited.after().job();
            }
        }
    }

    /** Throws an exception if the job has changed since the caller read it. */
    void requireAsSeen(Job job) {
        if (seen != null
                && seen.id().equals(job.id())
                && !new JobChange().onlyIf(seen).fits(job)) {
            throw new JobChangedException(job.id());
        }
    }

    /** Stores a move. Returns false if the job has changed meanwhile. */
    private boolean store(Move move) {
        return Futures.join(jobs.move(move, decisions::release));
    }

    /** Stores a move like a submit: the job is waiting or queued again, within the submitter's quotas. */
    CompletableFuture<Boolean> sendWithinQuotas(Move move) {
        return sendWithinQuotas(move, () -> jobs.move(move, decisions::release));
    }

    private CompletableFuture<Boolean> sendWithinQuotas(Move move, Supplier<CompletableFuture<Boolean>> store) {
        List<JobId> again = List.of(move.after().id());
        queue.reserve(move.after().job().submitter(), again);
        return Futures.ask(store)
                .whenComplete((stored, fault) -> {
                    if (fault != null || !stored) {
                        queue.unreserve(again);
                    }
                })
                .exceptionallyCompose(fault -> CompletableFuture.failedFuture(told(again.get(0), fault)));
    }

    private static Throwable told(JobId id, Throwable fault) {
        Throwable cause = Futures.cause(fault);
        return cause instanceof KeyTakenException
                ? new StateConflictException("job " + id + " cannot be retried: " + cause.getMessage())
                : cause;
    }
}
