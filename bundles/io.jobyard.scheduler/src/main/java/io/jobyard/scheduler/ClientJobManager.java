// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.Job;
import io.jobyard.api.JobChange;
import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobNotFoundException;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.Retried;
import io.jobyard.api.Submission;
import io.jobyard.api.spi.Access;
import io.jobyard.api.spi.Caller;
import io.jobyard.api.spi.JobRepository;
import io.jobyard.api.spi.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The job manager of one caller. */
final class ClientJobManager implements JobManager {

    private static final Duration LONGEST_WAIT = Duration.ofDays(36_500);

    private final Caller caller;
    private final Access access;
    private final JobSubmission submission;
    private final JobOperations operations;
    private final HostOperations host;
    private final JobRepository repository;
    private final AwaitedJobs awaited;

    ClientJobManager(
            Caller caller,
            Access access,
            JobSubmission submission,
            JobOperations operations,
            HostOperations host,
            JobRepository repository,
            AwaitedJobs awaited) {
        this.caller = caller;
        this.access = access;
        this.submission = submission;
        this.operations = operations;
        this.host = host;
        this.repository = repository;
        this.awaited = awaited;
    }

    @Override
    public Submission submit(JobSpecification specification) {
        return submitAll(List.of(specification)).get(0);
    }

    @Override
    public List<Submission> submitAll(List<JobSpecification> specifications) {
        return submission.submit(caller, specifications);
    }

    @Override
    public Job job(JobId id) {
        Job job = repository
                .job(id)
                .orElseThrow(() -> new JobNotFoundException(id.toString()))
                .job();
        access.require(caller, Operation.VIEW, job);
        return job;
    }

    @Override
    public Job await(JobId id, Duration atMost) throws InterruptedException {
        CountDownLatch end = awaited.join(id);
        try {
            Job job = job(id);
            if (!job.status().isFinal()) {
                end.await(bounded(atMost).toNanos(), TimeUnit.NANOSECONDS);
                job = job(id);
            }
            return job;
        } finally {
            awaited.leave(id);
        }
    }

    @Override
    public Job cancel(JobId id) {
        return operations.cancel(id, caller);
    }

    @Override
    public Job retry(JobId id) {
        return operations.retry(id, caller);
    }

    @Override
    public Retried retryWithDependents(JobId id) {
        return operations.retryWithDependents(id, caller);
    }

    @Override
    public Job change(JobId id, JobChange change) {
        return operations.change(id, change, caller);
    }

    @Override
    public void pause(String queue, @Nullable String reason, @Nullable Instant until) {
        host.pause(queue, caller, reason, until);
    }

    @Override
    public void resume(String queue) {
        host.resume(queue, caller);
    }

    @Override
    public void release(String bundle) {
        host.release(bundle, caller);
    }

    @Override
    public JobManager as(String user) {
        access.require(caller, Operation.IMPERSONATE);
        return new ClientJobManager(caller.as(user), access, submission, operations, host, repository, awaited);
    }

    private static Duration bounded(Duration atMost) {
        if (atMost.isNegative()) {
            return Duration.ZERO;
        }
        return atMost.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : atMost;
    }
}
