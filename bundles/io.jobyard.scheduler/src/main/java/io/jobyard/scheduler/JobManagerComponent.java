// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.Job;
import io.jobyard.api.JobChange;
import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.Retried;
import io.jobyard.api.Submission;
import io.jobyard.api.spi.Caller;
import io.jobyard.api.spi.JobManagers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;

/** The job manager of one calling bundle; the bundle's symbolic name is the submitter. */
@Component(service = JobManager.class, scope = ServiceScope.BUNDLE)
public final class JobManagerComponent implements JobManager {

    private final JobManager manager;

    @Activate
    public JobManagerComponent(ComponentContext context, @Reference JobManagers managers) {
        manager = managers.of(Caller.bundle(context.getUsingBundle().getSymbolicName()));
    }

    @Override
    public Submission submit(JobSpecification specification) {
        return manager.submit(specification);
    }

    @Override
    public List<Submission> submitAll(List<JobSpecification> specifications) {
        return manager.submitAll(specifications);
    }

    @Override
    public Job job(JobId id) {
        return manager.job(id);
    }

    @Override
    public Job await(JobId id, Duration atMost) throws InterruptedException {
        return manager.await(id, atMost);
    }

    @Override
    public Job cancel(JobId id) {
        return manager.cancel(id);
    }

    @Override
    public Job retry(JobId id) {
        return manager.retry(id);
    }

    @Override
    public Retried retryWithDependents(JobId id) {
        return manager.retryWithDependents(id);
    }

    @Override
    public Job change(JobId id, JobChange change) {
        return manager.change(id, change);
    }

    @Override
    public void pause(String queue, @Nullable String reason, @Nullable Instant until) {
        manager.pause(queue, reason, until);
    }

    @Override
    public void resume(String queue) {
        manager.resume(queue);
    }

    @Override
    public void release(String bundle) {
        manager.release(bundle);
    }

    @Override
    public JobManager as(String user) {
        return manager.as(user);
    }
}
