// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.Blocker;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobState;
import io.jobyard.api.JobTerms;
import io.jobyard.api.Preview;
import io.jobyard.api.QuotaException;
import io.jobyard.api.StoreException;
import io.jobyard.api.Submission;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Operation;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.SchedulingState;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.queue.QueueManager;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.reads.ReadinessBlockers;
import io.jobyard.spi.schedules.FireAdmission;
import io.jobyard.spi.schedules.FiredJob;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.Futures;
import io.jobyard.spi.store.GroupChangedException;
import io.jobyard.spi.store.JobStore;
import io.jobyard.spi.store.KeyTakenException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Admission: checks what is asked, decides each job's first state, and stores all or none. Safe for several threads. */
final class JobSubmission implements FireAdmission {

    /** A key may be taken and freed again between a look and the admission, but hardly so often. */
    private static final int LOOKS = 100;

    private final JobStore jobs;
    private final JobReads reads;
    private final QueueManager queue;
    private final Access access;
    private final SpecificationChecks checks;
    private final Clock clock;
    private final JobIds ids;
    private final ChangeDecisions changes;
    private final ReadinessBlockers readiness;

    JobSubmission(
            JobStore jobs,
            JobReads reads,
            QueueManager queue,
            Access access,
            SpecificationChecks checks,
            Clock clock,
            JobIds ids,
            ChangeDecisions changes) {
        this.changes = changes;
        this.jobs = jobs;
        this.reads = reads;
        this.readiness = new ReadinessBlockers(reads);
        this.queue = queue;
        this.access = access;
        this.checks = checks;
        this.clock = clock;
        this.ids = ids;
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
     * Submits jobs, and stores something with them.
     *
     * @param store stores the new jobs, or none if there are only earlier ones, and what is answered; false if it stores nothing
     * @return the answers; none if it has stored nothing
     */
    List<Submission> submit(
            Caller caller,
            List<JobSpecification> specifications,
            BiFunction<List<AdmittedJob>, List<Submission>, CompletableFuture<Boolean>> store) {
        access.require(caller, Operation.SUBMIT);
        SubmissionBatch batch = new SubmissionBatch(checks.of(caller, specifications));
        for (int look = 1; ; look++) {
            Admission admission = admission(caller, batch, ids::next);
            List<Submission> answers = admission.answers();
            if (admission.jobs().isEmpty()) {
                List<Submission> replaced = replaced(caller, batch, admission);
                if (replaced.isEmpty() && look < LOOKS) {
                    continue;
                }
                answers = replaced.isEmpty() ? answers : replaced;
            }
            List<Submission> told = answers;
            Optional<Boolean> stored = isStored(caller, admission, look, admitted -> store.apply(admitted, told));
            if (stored.isPresent()) {
                return stored.get() ? answers : List.of();
            }
        }
    }

    /**
     * Submits the jobs that a job waits for, in the name of its submitter.
     *
     * @param store stores them with the wait for them: their ids, and those of them that are new; false if it stores nothing
     * @return false if it has stored nothing
     */
    boolean submitChildren(
            StoredJob parent,
            List<JobSpecification> specifications,
            BiFunction<List<JobId>, List<AdmittedJob>, CompletableFuture<Boolean>> store) {
        Caller caller = Caller.job(parent.job().submitter());
        access.require(caller, Operation.SUBMIT);
        SubmissionBatch batch = new SubmissionBatch(checks.of(caller, specifications).stream()
                .map(checked -> checked.childOf(parent.id()))
                .toList());
        for (int look = 1; ; look++) {
            Admission admission = admission(caller, batch, ids::next);
            List<JobId> all = admission.answers().stream().map(Submission::id).toList();
            Optional<Boolean> stored = isStored(caller, admission, look, admitted -> store.apply(all, admitted));
            if (stored.isPresent()) {
                return stored.get();
            }
        }
    }

    /** What the store answers; empty if it is to be looked at again, as another call was faster. */
    private <T> Optional<Boolean> isStored(
            Caller caller, Admission admission, int look, Function<List<AdmittedJob>, CompletableFuture<T>> store) {
        List<JobId> fresh =
                admission.jobs().stream().map(job -> job.stored().id()).toList();
        queue.admission().reserve(caller.name(), fresh);
        boolean stored = false;
        try {
            stored = !Boolean.FALSE.equals(Futures.join(store.apply(admission.jobs())));
            return Optional.of(stored);
        } catch (KeyTakenException e) { // by another call since we looked: look again, and it is a duplicate
            if (look == LOOKS) {
                throw new StoreException(
                        e.getMessage() + ", but the store does not find it by its key; nothing was"
                                + " stored, try again; if this stays, the doctor and a check of the store say more",
                        e);
            }
            return Optional.empty();
        } catch (GroupChangedException e) { // by another call since we looked
            if (look == LOOKS) {
                throw new StoreException(
                        e.getMessage() + " each time it was looked at; nothing was stored, try again when no more"
                                + " jobs are added to it",
                        e);
            }
            return Optional.empty();
        } finally {
            if (!stored) {
                queue.admission().unreserve(fresh);
            }
        }
    }

    /** What a submit would come to; a caller who may not submit this is refused. */
    Preview preview(Caller caller, JobSpecification specification) {
        access.require(caller, Operation.SUBMIT);
        try {
            SubmissionBatch batch = new SubmissionBatch(checks.of(caller, List.of(specification)));
            Admission admission = admission(caller, batch, ids::next);
            if (admission.jobs().isEmpty()) {
                return duplicate(
                        caller, batch.asked().get(0), admission.answers().get(0).id());
            }
            queue.admission().requireRoom(caller.name());
            AdmittedJob admitted = admission.jobs().get(0);
            return preview(admitted.stored(), admitted.dependencies(), null);
        } catch (ValidationException | QuotaException e) {
            return new Preview(List.of(String.valueOf(e.getMessage())), null, null, null, false, List.of());
        }
    }

    private Preview duplicate(Caller caller, CheckedSpecification asked, JobId holder) {
        Optional<StoredJob> stored = reads.job(holder);
        StoredJob after = (asked.keyPolicy().replaces() ? stored : Optional.<StoredJob>empty())
                .flatMap(job -> changes.replace(job, asked, caller))
                .map(Move::after)
                .orElse(null);
        if (after != null) {
            return preview(after, reads.dependencies(holder), holder);
        }
        Job job = stored.map(StoredJob::job).orElse(null);
        String stands =
                job == null ? null : queue.rules().route(job.terms().routing().queue(), job.type());
        return new Preview(List.of(), job, stands, holder, false, List.of());
    }

    private Preview preview(StoredJob job, Collection<JobId> dependencies, @Nullable JobId replaced) {
        JobTerms terms = job.job().terms();
        List<Blocker> blockers = new ArrayList<>(readiness.of(job, dependencies, clock.instant()));
        blockers.addAll(queue.lanes().foresee(job));
        return new Preview(
                List.of(),
                job.job(),
                queue.rules().route(terms.routing().queue(), terms.type()),
                replaced,
                replaced != null,
                blockers);
    }

    /** What was asked for in place of an earlier job is that job now, or the answer is that one; nothing if it has changed meanwhile. */
    private List<Submission> replaced(Caller caller, SubmissionBatch batch, Admission admission) {
        CheckedSpecification asked = batch.asked().get(0);
        if (!asked.keyPolicy().replaces()) {
            return admission.answers();
        }
        JobId holder = admission.answers().get(0).id();
        Optional<StoredJob> before = reads.job(holder);
        Optional<Move> move = before.flatMap(job -> changes.replace(job, asked, caller));
        if (move.isEmpty()) {
            return before.isPresent() ? admission.answers() : List.of();
        }
        boolean stored = Futures.join(jobs.replace(move.get(), asked.payload().json()));
        return stored ? List.of(new Submission(holder, move.get().state().status(), true, true)) : List.of();
    }

    /**
     * Decides on a job that has its id already, and was created then. Whoever stores it reserves its place first.
     *
     * @throws ValidationException also if a job with its key has not ended
     */
    AdmittedJob decide(Caller caller, JobSpecification specification, JobId id, Instant created) {
        access.require(caller, Operation.SUBMIT);
        SubmissionBatch batch = new SubmissionBatch(checks.of(caller, List.of(specification)));
        Admission admission = admission(caller, batch, asking -> id);
        if (admission.jobs().isEmpty()) {
            throw new ValidationException("key '" + specification.identity().key() + "' is that of job "
                    + admission.answers().get(0).id() + ", which has not ended");
        }
        return admission.jobs().get(0).createdAt(created);
    }

    @Override
    public void check(Caller owner, List<FiredJob> fired) {
        access.require(owner, Operation.SUBMIT);
        batch(owner, fired);
    }

    @Override
    public CompletableFuture<Boolean> admit(
            Caller owner, List<FiredJob> fired, Function<List<AdmittedJob>, CompletableFuture<Boolean>> store) {
        access.require(owner, Operation.SUBMIT);
        List<AdmittedJob> decided =
                admission(owner, batch(owner, fired), ids::next).jobs();
        List<JobId> fresh = decided.stream().map(job -> job.stored().id()).toList();
        queue.admission().reserve(owner.name(), fresh);
        return store.apply(decided).whenComplete((stored, fault) -> {
            if (fault != null || !stored) {
                queue.admission().unreserve(fresh);
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

    private Admission admission(Caller caller, SubmissionBatch batch, Function<Instant, JobId> nextId) {
        List<CheckedSpecification> asked = batch.asked();
        String submitter = caller.name();
        Instant asking = clock.instant();
        KeyHolders keys = new KeyHolders(submitter, batch, reads, asking);
        List<JobId> names = new ArrayList<>();
        List<Boolean> duplicates = new ArrayList<>();
        Map<JobId, JobId> takenFrom = new HashMap<>();
        for (CheckedSpecification one : asked) {
            String key = one.terms().identity().key();
            Optional<JobId> holder = keys.holder(key);
            JobId id = holder.orElseGet(() -> nextId.apply(asking));
            names.add(id);
            duplicates.add(holder.isPresent());
            JobId ended = holder.isPresent() ? null : keys.ended(key);
            if (ended != null) {
                takenFrom.put(id, ended);
            }
            keys.hold(key, id);
        }
        List<Set<JobId>> dependencies = dependencies(batch, submitter, names, duplicates);
        ParentJobs parents = ParentJobs.of(batch, dependencies, names, reads);
        parents.jobs().forEach(job -> {
            access.require(caller, Operation.DEPEND, job);
            access.require(caller, Operation.PAYLOAD, job); // its result goes to the handler
        });
        Instant now = clock.instant(); // after what ended meanwhile: no job is ready before that
        List<AdmittedJob> admitted = new ArrayList<>();
        List<Submission> answers = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            if (duplicates.get(i)) {
                answers.add(new Submission(names.get(i), keys.status(names.get(i)), true));
            } else {
                JobTerms terms = batch.terms(asked.get(i), names);
                AdmittedJob job = admit(names.get(i), caller, asked.get(i), terms, dependencies.get(i), parents, now)
                        .takingKeyOf(takenFrom.get(names.get(i)));
                admitted.add(job);
                keys.admit(names.get(i), job.stored().job().status());
                answers.add(new Submission(names.get(i), job.stored().job().status(), false));
            }
        }
        return new Admission(admitted, answers);
    }

    private List<Set<JobId>> dependencies(
            SubmissionBatch batch, String submitter, List<JobId> names, List<Boolean> duplicates) {
        GroupJobs groups = new GroupJobs(batch, submitter, reads);
        List<CheckedSpecification> asked = batch.asked();
        for (int i = 0; i < asked.size(); i++) {
            if (!duplicates.get(i)) {
                groups.join(i, names.get(i));
            }
        }
        List<Set<JobId>> dependencies = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            Set<JobId> all = batch.dependencies(asked.get(i), names);
            if (!duplicates.get(i)) {
                all.addAll(groups.awaitedBy(i));
            }
            dependencies.add(all);
        }
        return dependencies;
    }

    private AdmittedJob admit(
            JobId id,
            Caller caller,
            CheckedSpecification asked,
            JobTerms terms,
            Set<JobId> dependencies,
            ParentJobs parents,
            Instant now) {
        Set<JobId> edges = new LinkedHashSet<>(dependencies);
        edges.removeIf(parents::completed);
        Placement placement = Placement.of(terms, !edges.isEmpty(), now);
        LifeCycle first = LifeCycle.admitted(placement);
        JobState state = new JobState(first.to(), first.reason(), now, null, null, JobState.RunState.NONE);
        Instant readyAt = placement == Placement.READY ? now : null;
        SchedulingState books = new SchedulingState(
                1,
                edges.size(),
                0,
                false,
                null,
                readyAt,
                placement.dueAt(terms),
                asked.madeFor().versions());
        HistoryEvent event = new HistoryEvent(
                now,
                caller.inHistory(),
                null,
                first.to(),
                first.reason(),
                new HistoryEvent.HistoryRun(null, 0, 0, asked.madeFor().handler()),
                asked.why());
        Job job = new Job(id, caller.name(), now, terms, state);
        return new AdmittedJob(
                new StoredJob(job, books), asked.payload().json(), List.copyOf(dependencies), edges, event);
    }

    private record Admission(List<AdmittedJob> jobs, List<Submission> answers) {}
}
