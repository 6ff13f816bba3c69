// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.spi.Access;
import io.jobyard.api.spi.Assignment;
import io.jobyard.api.spi.BundleQuarantine;
import io.jobyard.api.spi.Caller;
import io.jobyard.api.spi.CommitListener;
import io.jobyard.api.spi.Committed;
import io.jobyard.api.spi.HandlerCatalog;
import io.jobyard.api.spi.JobManagers;
import io.jobyard.api.spi.JobScheduler;
import io.jobyard.api.spi.Outcome;
import io.jobyard.api.spi.QueueManager;
import io.jobyard.api.spi.StoreSnapshot;
import io.jobyard.api.spi.auditing.AuditStore;
import io.jobyard.api.spi.bulk.BulkStore;
import io.jobyard.api.spi.hosting.HostStore;
import io.jobyard.api.spi.hosting.Hosts;
import io.jobyard.api.spi.limiting.LimitStore;
import io.jobyard.api.spi.reading.JobReads;
import io.jobyard.api.spi.schedules.FireAdmission;
import io.jobyard.api.spi.schedules.FiredJob;
import io.jobyard.api.spi.schedules.JobWithdrawal;
import io.jobyard.api.spi.scheduling.AdmittedJob;
import io.jobyard.api.spi.scheduling.JobStore;
import io.jobyard.api.spi.working.StoredStep;
import io.jobyard.api.spi.working.WorkStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** The scheduler of a host. */
@Component(
        service = {
            SchedulerComponent.class,
            JobScheduler.class,
            JobManagers.class,
            FireAdmission.class,
            JobWithdrawal.class,
            CommitListener.class
        })
public final class SchedulerComponent
        implements JobScheduler, JobManagers, FireAdmission, JobWithdrawal, CommitListener {

    private final ScheduledThreadPoolExecutor outcomes =
            new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "jobyard-outcome-1"));
    private final SchedulerEngine engine;

    @Activate
    public SchedulerComponent(
            @Reference JobStore jobs,
            @Reference WorkStore work,
            @Reference JobReads reads,
            @Reference LimitStore limits,
            @Reference AuditStore audit,
            @Reference HostStore hosts,
            @Reference BulkStore bulks,
            @Reference QueueManager queue,
            @Reference HandlerCatalog handlers,
            @Reference BundleQuarantine quarantine,
            @Reference Access access,
            @Reference SchedulerSettingsComponent settings,
            @Reference Clock clock) {
        outcomes.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        engine = new SchedulerEngine(
                new SchedulerEngine.Stores(jobs, work, reads, limits, audit, hosts, bulks),
                queue,
                handlers,
                quarantine,
                access,
                settings::current,
                new SchedulerEngine.Environment(
                        clock,
                        System::nanoTime,
                        new SecureRandom(),
                        delay -> task -> outcomes.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS)));
        engine.start();
    }

    @Deactivate
    void stop() {
        engine.close();
        outcomes.shutdown();
    }

    SchedulerEngine engine() {
        return engine;
    }

    @Override
    public JobManager of(Caller caller, @Nullable Job seen) {
        return engine.of(caller, seen);
    }

    @Override
    public CompletableFuture<Boolean> admit(
            Caller owner, List<FiredJob> jobs, Function<List<AdmittedJob>, CompletableFuture<Boolean>> store) {
        return engine.fires().admit(owner, jobs, store);
    }

    @Override
    public void check(Caller owner, List<FiredJob> jobs) {
        engine.fires().check(owner, jobs);
    }

    @Override
    public boolean withdraw(JobId job, Caller by, String why) {
        return engine.withdrawal().withdraw(job, by, why);
    }

    @Override
    public List<Assignment> claim(IntSupplier room, Duration patience) throws InterruptedException {
        return engine.claim(room, patience);
    }

    @Override
    public void requirePrivileged(Assignment run) {
        engine.requirePrivileged(run);
    }

    @Override
    public CompletableFuture<Boolean> note(Assignment run, String what) {
        return engine.note(run, what);
    }

    @Override
    public CompletableFuture<Boolean> finish(Assignment run, @Nullable Instant startedAt, Outcome outcome) {
        return engine.finish(run, startedAt, outcome);
    }

    @Override
    public void opened(StoreSnapshot snapshot) {
        engine.opened(snapshot);
    }

    @Override
    public void hosts(Hosts hosts) {
        engine.hosts(hosts);
    }

    @Override
    public void committed(List<Committed> changes) {
        engine.committed(changes);
    }

    @Override
    public Optional<StoredStep> submitChildren(Assignment run, StoredStep wait, List<JobSpecification> children) {
        return engine.submitChildren(run, wait, children);
    }
}
