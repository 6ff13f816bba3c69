// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.BulkPreview;
import io.jobyard.api.BulkRequest;
import io.jobyard.api.BulkStatus;
import io.jobyard.api.Job;
import io.jobyard.api.JobChange;
import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobNotFoundException;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.PauseTarget;
import io.jobyard.api.Preview;
import io.jobyard.api.Retried;
import io.jobyard.api.Submission;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.limits.LimitKind;
import io.jobyard.spi.queue.LimitSight;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The job manager of one caller. */
class ClientJobManager implements JobManager {

    private static final Duration LONGEST_WAIT = Duration.ofDays(36_500);

    private final Caller caller;
    private final SchedulerEngine engine;
    private final JobOperations operations;
    private final LimitSight sight;

    ClientJobManager(Caller caller, SchedulerEngine engine) {
        this(caller, engine, engine.operations);
    }

    ClientJobManager(Caller caller, SchedulerEngine engine, JobOperations operations) {
        this.caller = caller;
        this.engine = engine;
        this.operations = operations;
        sight = engine.sight(caller);
    }

    @Override
    public Submission submit(JobSpecification specification) {
        return submitAll(List.of(specification)).get(0);
    }

    @Override
    public List<Submission> submitAll(List<JobSpecification> specifications) {
        return engine.submission.submit(caller, specifications);
    }

    @Override
    public Preview preview(JobSpecification specification) {
        return engine.previews.of(caller, specification);
    }

    @Override
    public Job job(JobId id) {
        return sight.shown(whole(id));
    }

    /** Returns the job with values of limits that the caller may not see. */
    private Job whole(JobId id) {
        Job job = engine.reads
                .job(id)
                .orElseThrow(() -> new JobNotFoundException(id.toString()))
                .job();
        engine.access.require(caller, AccessRule.VIEW, job);
        return job;
    }

    @Override
    public Job await(JobId id, Duration atMost) throws InterruptedException {
        CountDownLatch end = engine.awaited.join(id);
        try {
            Job job = job(id);
            if (!job.status().isFinished()) {
                end.await(bounded(atMost).toNanos(), TimeUnit.NANOSECONDS);
                job = job(id);
            }
            return job;
        } finally {
            engine.awaited.leave(id);
        }
    }

    @Override
    public Job cancel(JobId id) {
        return sight.shown(operations.cancel(id, caller));
    }

    @Override
    public Job retry(JobId id) {
        return sight.shown(operations.retry(id, caller));
    }

    @Override
    public Retried retryWithDependents(JobId id) {
        Retried retried = operations.retryWithDependents(id, caller);
        return new Retried(
                sight.shown(retried.job()),
                retried.dependents().stream().map(sight::shown).toList(),
                retried.refused());
    }

    @Override
    public Job change(JobId id, JobChange change) {
        return sight.shown(operations.change(id, change, caller));
    }

    @Override
    public Job runNow(JobId id) {
        return sight.shown(operations.runNow(id, caller));
    }

    @Override
    public JobSpecification specification(JobId id) {
        return engine.copies.of(whole(id), caller);
    }

    @Override
    public Submission fork(JobId id, String fromStep) {
        return engine.forks.fork(id, fromStep, caller);
    }

    @Override
    public BulkPreview previewBulk(BulkRequest request) {
        BulkPreview preview = engine.bulks.preview(request, caller);
        return new BulkPreview(
                preview.jobs(), preview.first().stream().map(sight::shown).toList(), preview.isAll());
    }

    @Override
    public BulkStatus beginBulk(BulkRequest request) {
        return engine.bulks.begin(request, caller);
    }

    @Override
    public List<BulkStatus> bulks(int limit) {
        return engine.bulks.bulks(limit, caller);
    }

    @Override
    public BulkStatus bulk(int number) {
        return engine.bulks.bulk(number, caller);
    }

    @Override
    public BulkStatus stopBulk(int number) {
        return engine.bulks.stop(number, caller);
    }

    @Override
    public void pause(PauseTarget target, @Nullable String reason, @Nullable Instant until) {
        engine.host.pause(target, caller, reason, until);
    }

    @Override
    public void resume(PauseTarget target) {
        engine.host.resume(target, caller);
    }

    @Override
    public Job pauseJob(JobId id, @Nullable String reason, @Nullable Instant until) {
        return sight.shown(operations.pause(id, PauseTerms.of(reason, until, engine.clock.instant()), caller));
    }

    @Override
    public Job resumeJob(JobId id) {
        return sight.shown(operations.resume(id, caller));
    }

    @Override
    public void setLimit(String name, Map<String, String> settings) {
        engine.limits.set(LimitKind.LIMIT, name, settings, caller);
    }

    @Override
    public void removeLimit(String name) {
        engine.limits.remove(LimitKind.LIMIT, name, caller);
    }

    @Override
    public void setQueue(String name, Map<String, String> settings) {
        engine.limits.set(LimitKind.QUEUE, name, settings, caller);
    }

    @Override
    public void removeQueue(String name) {
        engine.limits.remove(LimitKind.QUEUE, name, caller);
    }

    @Override
    public void drain(@Nullable String host) {
        engine.drain.begin(host, caller);
    }

    @Override
    public void endDrain(@Nullable String host) {
        engine.drain.end(host, caller);
    }

    @Override
    public void release(String bundle) {
        engine.host.release(bundle, caller);
    }

    @Override
    public JobManager as(String user) {
        engine.access.require(caller, AccessRule.IMPERSONATE);
        return new ClientJobManager(caller.as(user), engine, operations);
    }

    private static Duration bounded(Duration atMost) {
        if (atMost.isNegative()) {
            return Duration.ZERO;
        }
        return atMost.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : atMost;
    }

    @Override
    public Job retry(JobId id, String fromStep) {
        return sight.shown(operations.retry(id, fromStep, caller));
    }

    @Override
    public Job signal(JobId id, String name, @Nullable Object value) {
        return sight.shown(engine.signals.signal(id, name, value, caller));
    }

    @Override
    public JobId completeCallback(String token, @Nullable Object value) {
        return engine.signals.complete(token, value, caller);
    }

    @Override
    public JobId failCallback(String token, String error) {
        return engine.signals.fail(token, error, caller);
    }
}
