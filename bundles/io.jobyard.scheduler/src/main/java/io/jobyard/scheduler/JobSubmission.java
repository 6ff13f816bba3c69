// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.HandlerName;
import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.StoreException;
import io.jobyard.api.Submission;
import io.jobyard.api.ValidationException;
import io.jobyard.scheduler.BatchDecisions.DecidedBatch;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.queue.JobAdmission;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.schedules.FireAdmission;
import io.jobyard.spi.schedules.FiredJob;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.Futures;
import io.jobyard.spi.store.GroupChangedException;
import io.jobyard.spi.store.JobStore;
import io.jobyard.spi.store.KeyTakenException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Admission of jobs: checks requests, decides the first state of each job, and stores all or none. */
final class JobSubmission implements FireAdmission {

    /** Maximum number of attempts. A key may be taken and released between a read and the admission, but hardly this often. */
    private static final int LOOKS = 100;

    private final JobStore jobs;
    private final JobReads reads;
    private final JobAdmission queue;
    private final Access access;
    private final SpecificationChecks checks;
    private final BatchDecisions decisions;
    private final ChangeDecisions changes;

    JobSubmission(
            JobStore jobs,
            JobReads reads,
            JobAdmission queue,
            Access access,
            SpecificationChecks checks,
            BatchDecisions decisions,
            ChangeDecisions changes) {
        this.jobs = jobs;
        this.reads = reads;
        this.queue = queue;
        this.access = access;
        this.checks = checks;
        this.decisions = decisions;
        this.changes = changes;
    }

    List<Submission> submit(Caller caller, List<JobSpecification> specifications) {
        return submit(
                caller,
                specifications,
                (admitted, answers) -> admitted.isEmpty()
                        ? CompletableFuture.completedFuture(true)
                        : jobs.admit(admitted).thenApply(done -> true));
    }

    /**
     * Submits jobs, and stores additional data with them.
     *
     * @param store stores the new jobs and the answers; if all jobs are earlier ones, only the answers. Returns false if it stores nothing
     * @return answers; empty if nothing was stored
     */
    List<Submission> submit(
            Caller caller,
            List<JobSpecification> specifications,
            BiFunction<List<AdmittedJob>, List<Submission>, CompletableFuture<Boolean>> store) {
        access.require(caller, AccessRule.SUBMIT);
        return submit(caller, new SubmissionBatch(checks.of(caller, specifications)), store);
    }

    private List<Submission> submit(
            Caller caller,
            SubmissionBatch batch,
            BiFunction<List<AdmittedJob>, List<Submission>, CompletableFuture<Boolean>> store) {
        for (int look = 1; ; look++) {
            DecidedBatch decided = decisions.decide(caller, batch);
            List<Submission> answers = decided.answers();
            if (decided.jobs().isEmpty()) {
                List<Submission> replaced = replaced(caller, batch, decided);
                if (replaced.isEmpty() && look < LOOKS) {
                    continue;
                }
                answers = replaced.isEmpty() ? answers : replaced;
            }
            List<Submission> told = answers;
            Optional<Boolean> stored = isStored(caller, decided, look, admitted -> store.apply(admitted, told));
            if (stored.isPresent()) {
                return stored.get() ? answers : List.of();
            }
        }
    }

    /**
     * Submits jobs for a run, in the name of its job's submitter, with the permissions that the submitter and the handler's bundle have.
     *
     * @param reason text for the history of the new jobs
     * @param store stores the new jobs with a step for all of them, by their IDs; returns false if it stores nothing
     * @return false if nothing was stored
     */
    boolean submit(
            Assignment run,
            String reason,
            List<JobSpecification> specifications,
            BiFunction<List<JobId>, List<AdmittedJob>, CompletableFuture<Boolean>> store) {
        HandlerName handler = Objects.requireNonNull(run.handler(), "a handler does the run");
        return !submit(
                        Caller.job(run.stored().job().submitter(), handler.symbolicName()),
                        reason,
                        specifications,
                        (admitted, answers) ->
                                store.apply(answers.stream().map(Submission::id).toList(), admitted))
                .isEmpty();
    }

    /**
     * Submits jobs like {@link #submit(Caller, List, BiFunction)}.
     *
     * @param reason text for the history of the new jobs
     */
    List<Submission> submit(
            Caller caller,
            String reason,
            List<JobSpecification> specifications,
            BiFunction<List<AdmittedJob>, List<Submission>, CompletableFuture<Boolean>> store) {
        access.require(caller, AccessRule.SUBMIT);
        SubmissionBatch batch = new SubmissionBatch(checks.of(caller, specifications).stream()
                .map(checked -> checked.because(reason))
                .toList());
        return submit(caller, batch, store);
    }

    /** Returns the answer of the store; empty if another call stored a job with the same key first, and the jobs must be decided again. */
    private <T> Optional<Boolean> isStored(
            Caller caller, DecidedBatch decided, int look, Function<List<AdmittedJob>, CompletableFuture<T>> store) {
        List<JobId> fresh = decided.fresh();
        queue.reserve(caller.name(), fresh);
        boolean stored = false;
        try {
            stored = !Boolean.FALSE.equals(Futures.join(store.apply(decided.jobs())));
            return Optional.of(stored);
        } catch (KeyTakenException e) { // another call was first: the next attempt finds a duplicate
            if (look == LOOKS) {
                throw new StoreException(
                        e.getMessage() + ", but the store does not find that job by its key; nothing was stored; try"
                                + " again, and if the error persists, run the doctor and a check of the store",
                        e);
            }
            return Optional.empty();
        } catch (GroupChangedException e) { // another call was first
            if (look == LOOKS) {
                throw new StoreException(
                        e.getMessage() + " at each attempt; nothing was stored; try again when no more jobs are"
                                + " added to the group",
                        e);
            }
            return Optional.empty();
        } finally {
            if (!stored) {
                queue.unreserve(fresh);
            }
        }
    }

    /** Replaces earlier jobs by the requested ones, or returns the earlier job as the answer; empty if it has changed meanwhile. */
    private List<Submission> replaced(Caller caller, SubmissionBatch batch, DecidedBatch decided) {
        CheckedSpecification asked = batch.asked().get(0);
        if (!asked.keyPolicy().replaces()) {
            return decided.answers();
        }
        JobId holder = decided.answers().get(0).id();
        Optional<StoredJob> before = reads.job(holder);
        Optional<Move> move = before.flatMap(job -> changes.replace(job, asked, caller));
        if (move.isEmpty()) {
            return before.isPresent() ? decided.answers() : List.of();
        }
        boolean stored = Futures.join(jobs.replace(move.get(), asked.payload().json()));
        return stored ? List.of(new Submission(holder, move.get().state().status(), true, true)) : List.of();
    }

    /**
     * Decides on a job that already has its id and its creation time. The caller must reserve the quota before it stores the job.
     *
     * @throws ValidationException if the job is invalid, or if an unfinished job has its key
     */
    AdmittedJob decide(Caller caller, JobSpecification specification, JobId id, Instant created) {
        access.require(caller, AccessRule.SUBMIT);
        SubmissionBatch batch = new SubmissionBatch(checks.of(caller, List.of(specification)));
        DecidedBatch decided = decisions.decide(caller, batch, asking -> id);
        if (decided.jobs().isEmpty()) {
            throw new ValidationException(
                    "key '" + specification.identity().key() + "' is in use by the unfinished job "
                            + decided.answers().get(0).id());
        }
        return decided.jobs().get(0).createdAt(created);
    }

    @Override
    public void check(Caller owner, List<FiredJob> fired) {
        access.require(owner, AccessRule.SUBMIT);
        batch(owner, fired);
    }

    @Override
    public CompletableFuture<Boolean> admit(
            Caller owner, List<FiredJob> fired, Function<List<AdmittedJob>, CompletableFuture<Boolean>> store) {
        access.require(owner, AccessRule.SUBMIT);
        DecidedBatch decided = decisions.decide(owner, batch(owner, fired));
        List<JobId> fresh = decided.fresh();
        queue.reserve(owner.name(), fresh);
        return store.apply(decided.jobs()).whenComplete((stored, fault) -> {
            if (fault != null || !stored) {
                queue.unreserve(fresh);
            }
        });
    }

    private SubmissionBatch batch(Caller owner, List<FiredJob> fired) {
        List<CheckedSpecification> checked =
                checks.of(owner, fired.stream().map(FiredJob::specification).toList());
        return new SubmissionBatch(IntStream.range(0, checked.size())
                .mapToObj(n -> checked.get(n).at(fired.get(n).fire()))
                .toList());
    }
}
