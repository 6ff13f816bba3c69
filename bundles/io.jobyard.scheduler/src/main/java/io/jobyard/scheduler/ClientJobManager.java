// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.Job;
import io.jobyard.api.JobChange;
import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobNotFoundException;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.Submission;
import io.jobyard.api.spi.BundleQuarantine;
import io.jobyard.api.spi.JobRepository;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The job manager of one submitter. */
final class ClientJobManager implements JobManager {

    private static final Duration LONGEST_WAIT = Duration.ofDays(36_500);

    private final String submitter;
    private final JobSubmission submission;
    private final Operations operations;
    private final Pauses pauses;
    private final BundleQuarantine quarantine;
    private final JobRepository repository;
    private final Waiters waiters;

    ClientJobManager(
            String submitter,
            JobSubmission submission,
            Operations operations,
            Pauses pauses,
            BundleQuarantine quarantine,
            JobRepository repository,
            Waiters waiters) {
        this.submitter = submitter;
        this.submission = submission;
        this.operations = operations;
        this.pauses = pauses;
        this.quarantine = quarantine;
        this.repository = repository;
        this.waiters = waiters;
    }

    @Override
    public Submission submit(JobSpecification specification) {
        return submitAll(List.of(specification)).get(0);
    }

    @Override
    public List<Submission> submitAll(List<JobSpecification> specifications) {
        return submission.submit(submitter, specifications);
    }

    @Override
    public Job job(JobId id) {
        return repository
                .job(id)
                .orElseThrow(() -> new JobNotFoundException(id.toString()))
                .job();
    }

    @Override
    public Job await(JobId id, Duration atMost) throws InterruptedException {
        CountDownLatch end = waiters.join(id);
        try {
            Job job = job(id);
            if (!job.status().isFinal()) {
                end.await(bounded(atMost).toNanos(), TimeUnit.NANOSECONDS);
                job = job(id);
            }
            return job;
        } finally {
            waiters.leave(id);
        }
    }

    @Override
    public Job cancel(JobId id) {
        return operations.cancel(id, submitter);
    }

    @Override
    public Job retry(JobId id) {
        return operations.retry(id, submitter);
    }

    @Override
    public Job change(JobId id, JobChange change) {
        return operations.change(id, change, submitter);
    }

    @Override
    public void pause(String queue, @Nullable String reason, @Nullable Instant until) {
        pauses.pause(queue, submitter, reason, until);
    }

    @Override
    public void resume(String queue) {
        pauses.resume(queue);
    }

    @Override
    public void release(String bundle) {
        quarantine.release(bundle);
    }

    @Override
    public JobManager as(String user) {
        return new ClientJobManager(
                Terms.identity("user", user), submission, operations, pauses, quarantine, repository, waiters);
    }

    private static Duration bounded(Duration atMost) {
        if (atMost.isNegative()) {
            return Duration.ZERO;
        }
        return atMost.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : atMost;
    }
}
