// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobState;
import io.jobyard.api.JobTerms;
import io.jobyard.api.Submission;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.jobs.SchedulingState;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.store.AdmittedJob;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Decides on the jobs of one call: which of them are new, their dependencies, and their first state. */
final class BatchDecisions {

    /** New jobs of a call, and an answer for each request. */
    record DecidedBatch(List<AdmittedJob> jobs, List<Submission> answers) {

        List<JobId> fresh() {
            return jobs.stream().map(job -> job.stored().id()).toList();
        }
    }

    private final JobReads reads;
    private final Access access;
    private final Clock clock;
    private final JobIds ids;

    BatchDecisions(JobReads reads, Access access, Clock clock, JobIds ids) {
        this.reads = reads;
        this.access = access;
        this.clock = clock;
        this.ids = ids;
    }

    DecidedBatch decide(Caller caller, SubmissionBatch batch) {
        return decide(caller, batch, ids::next);
    }

    DecidedBatch decide(Caller caller, SubmissionBatch batch, Function<Instant, JobId> nextId) {
        KeyHolders keys = new KeyHolders(caller.name(), batch, reads, clock.instant());
        List<AskedJob> asked = dependencies(batch, caller.name(), keys.jobs(nextId));
        ParentJobs parents = ParentJobs.of(batch, asked, reads);
        parents.jobs().forEach(job -> {
            access.require(caller, AccessRule.DEPEND, job);
            access.require(caller, AccessRule.PAYLOAD, job); // the handler gets its result
        });
        Instant now = clock.instant(); // after all other ends: no job is ready before that
        List<JobId> all = asked.stream().map(AskedJob::id).toList();
        List<AdmittedJob> admitted = new ArrayList<>();
        List<Submission> answers = new ArrayList<>();
        for (AskedJob job : asked) {
            if (job.isDuplicate()) {
                answers.add(new Submission(job.id(), keys.status(job.id()), true));
            } else {
                AdmittedJob fresh = admit(caller, job, batch.terms(job.asked(), all), parents, now);
                admitted.add(fresh);
                keys.admit(job.id(), fresh.stored().job().status());
                answers.add(new Submission(job.id(), fresh.stored().job().status(), false));
            }
        }
        return new DecidedBatch(admitted, answers);
    }

    private List<AskedJob> dependencies(SubmissionBatch batch, String submitter, List<AskedJob> asked) {
        GroupJobs groups = new GroupJobs(batch, submitter, reads);
        asked.stream().filter(job -> !job.isDuplicate()).forEach(job -> groups.join(job.position(), job.id()));
        List<JobId> all = asked.stream().map(AskedJob::id).toList();
        return asked.stream()
                .map(job -> {
                    Set<JobId> dependencies = batch.dependencies(job.asked(), all);
                    if (!job.isDuplicate()) {
                        dependencies.addAll(groups.awaitedBy(job.position()));
                    }
                    return job.dependingOn(dependencies);
                })
                .toList();
    }

    private static AdmittedJob admit(Caller caller, AskedJob job, JobTerms terms, ParentJobs parents, Instant now) {
        Set<JobId> edges = new LinkedHashSet<>(job.dependencies());
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
                job.asked().madeFor().versions());
        HistoryEvent event = new HistoryEvent(
                now,
                caller.inHistory(),
                null,
                first.to(),
                first.reason(),
                new HistoryEvent.HistoryRun(null, 0, 0, job.asked().madeFor().handler()),
                job.asked().why());
        return new AdmittedJob(
                        new StoredJob(new Job(job.id(), caller.name(), now, terms, state), books),
                        job.asked().payload().json(),
                        List.copyOf(job.dependencies()),
                        edges,
                        event)
                .takingKeyOf(job.takenFrom());
    }
}
