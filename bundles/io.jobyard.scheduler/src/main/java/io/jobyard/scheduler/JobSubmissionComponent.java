// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.JobManager;
import io.jobyard.api.spi.Access;
import io.jobyard.api.spi.BundleQuarantine;
import io.jobyard.api.spi.Caller;
import io.jobyard.api.spi.CommitListener;
import io.jobyard.api.spi.Committed;
import io.jobyard.api.spi.HandlerCatalog;
import io.jobyard.api.spi.JobManagers;
import io.jobyard.api.spi.JobRepository;
import io.jobyard.api.spi.QueueManager;
import io.jobyard.api.spi.StoreSnapshot;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** What the job managers of all callers share: one admission, and one list of who waits. */
@Component(service = {JobManagers.class, CommitListener.class})
public final class JobSubmissionComponent implements JobManagers, CommitListener {

    private final JobRepository repository;
    private final Access access;
    private final JobSubmission submission;
    private final JobOperations operations;
    private final HostOperations host;
    private final AwaitedJobs awaited = new AwaitedJobs();

    @Activate
    public JobSubmissionComponent(
            @Reference JobRepository repository,
            @Reference QueueManager queue,
            @Reference HandlerCatalog handlers,
            @Reference Access access,
            @Reference BundleQuarantine quarantine,
            @Reference SchedulerSettingsComponent settings,
            @Reference Clock clock) {
        this.repository = repository;
        this.access = access;
        this.host = new HostOperations(queue, repository, quarantine, repository, access, clock);
        this.submission = new JobSubmission(
                repository, queue, handlers, access, settings::current, clock, new JobIds(new SecureRandom()));
        this.operations = new JobOperations(
                repository,
                queue,
                Decisions.of(repository, settings::current, clock),
                new ChangeDecisions(clock, queue::priorityLevels, access),
                access);
    }

    @Deactivate
    void stop() {
        awaited.wakeAll();
    }

    @Override
    public JobManager of(Caller caller) {
        return new ClientJobManager(caller, access, submission, operations, host, repository, awaited);
    }

    @Override
    public void opened(StoreSnapshot snapshot) {
        // nobody waits yet: this component lives as long as its store
    }

    @Override
    public void committed(List<Committed> changes) {
        awaited.committed(changes);
    }
}
