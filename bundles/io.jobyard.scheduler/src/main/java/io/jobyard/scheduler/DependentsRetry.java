// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobNotFoundException;
import io.jobyard.api.JobStatus;
import io.jobyard.api.JobyardException;
import io.jobyard.api.Retried;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.store.Futures;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Retries a job and all jobs that failed or were cancelled because of it, in slices. Parents precede their dependents, which therefore wait
 * for them. Only for one thread.
 */
final class DependentsRetry {

    private static final int SLICE = 500;

    private final JobReads reads;
    private final JobOperations operations;
    private final Access access;
    private final Caller caller;
    private final List<Job> done = new ArrayList<>();
    private final Map<JobId, JobyardException> refused = new LinkedHashMap<>();
    private final Set<JobId> seen = new HashSet<>();
    private final Deque<JobId> parents = new ArrayDeque<>();

    DependentsRetry(JobReads reads, JobOperations operations, Access access, Caller caller) {
        this.reads = reads;
        this.operations = operations;
        this.access = access;
        this.caller = caller;
    }

    Retried of(JobId id) {
        Job job = first(id);
        seen.add(id);
        parents.add(id);
        while (!parents.isEmpty()) {
            dependents(parents.remove());
        }
        return new Retried(job, done, refused);
    }

    /** Retries the job, unless an earlier call did so and only its dependents remain. */
    private Job first(JobId id) {
        Job job = reads.job(id)
                .orElseThrow(() -> new JobNotFoundException(id.toString()))
                .job();
        boolean over = job.status() == JobStatus.FAILED || job.status() == JobStatus.CANCELLED;
        if (over || reads.endedBecauseOf(id, null, 1).isEmpty()) {
            return operations.retry(id, caller);
        }
        access.require(caller, AccessRule.RETRY, job);
        operations.requireAsSeen(job);
        return job;
    }

    private void dependents(JobId parent) {
        @Nullable JobId after = null;
        List<JobId> slice;
        do {
            slice = reads.endedBecauseOf(parent, after, SLICE);
            retry(slice.stream().filter(seen::add).toList());
            after = slice.isEmpty() ? null : slice.get(slice.size() - 1);
        } while (slice.size() == SLICE);
    }

    private void retry(List<JobId> ids) {
        Map<JobId, List<JobId>> dependencies = reads.dependencies(ids);
        Collection<StoredJob> jobs = reads.jobs(ids).values();
        Set<JobId> wanted = new HashSet<>();
        dependencies.values().forEach(wanted::addAll);
        Map<JobId, StoredJob> found = reads.jobs(wanted);
        Map<Move, CompletableFuture<Boolean>> answers = new LinkedHashMap<>();
        for (StoredJob job : jobs) {
            try {
                access.require(caller, AccessRule.RETRY, job.job());
                Move move = operations.retried(job, dependencies.getOrDefault(job.id(), List.of()), found, caller);
                answers.put(move, operations.sendWithinQuotas(move));
            } catch (JobyardException e) {
                refused.put(job.id(), e);
            }
        }
        answers.forEach(this::answered);
    }

    private void answered(Move move, CompletableFuture<Boolean> answer) {
        JobId id = move.before().id();
        try {
            done.add(
                    Futures.join(answer)
                            ? move.after().job()
                            : operations.retry(id, caller)); // the job has changed meanwhile
            parents.add(id);
        } catch (JobyardException e) {
            refused.put(id, e);
        }
    }
}
