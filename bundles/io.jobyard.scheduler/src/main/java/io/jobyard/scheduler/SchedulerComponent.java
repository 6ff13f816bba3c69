// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobSpecification;
import io.jobyard.spi.JobManagers;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.cluster.Hosts;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.feed.StoreSnapshot;
import io.jobyard.spi.handlers.BundleQuarantine;
import io.jobyard.spi.handlers.HandlerCatalog;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.Slots;
import io.jobyard.spi.queue.QueueManager;
import io.jobyard.spi.running.JobScheduler;
import io.jobyard.spi.running.Outcome;
import io.jobyard.spi.schedules.FireAdmission;
import io.jobyard.spi.schedules.FiredJob;
import io.jobyard.spi.schedules.JobWithdrawal;
import io.jobyard.spi.steps.StoredStep;
import io.jobyard.spi.store.AdmittedJob;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Scheduler of a host. */
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
            @Reference SchedulerEngine.Stores stores,
            @Reference QueueManager queue,
            @Reference HandlerCatalog handlers,
            @Reference BundleQuarantine quarantine,
            @Reference Access access,
            @Reference SchedulerSettingsComponent settings,
            @Reference Clock clock) {
        outcomes.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        engine = new SchedulerEngine(
                stores,
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
    public List<Assignment> claim(Supplier<Slots> room, Duration timeout) throws InterruptedException {
        return engine.claim(room, timeout);
    }

    @Override
    public void startAdmitted(Supplier<Slots> room, Consumer<List<Assignment>> runs) {
        engine.startAdmitted(room, runs);
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
    public Optional<StoredStep> submit(Assignment run, StoredStep step, List<JobSpecification> jobs) {
        return engine.submit(run, step, jobs);
    }
}
