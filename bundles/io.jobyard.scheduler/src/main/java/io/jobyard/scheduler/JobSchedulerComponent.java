// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.spi.Assignment;
import io.jobyard.api.spi.BundleQuarantine;
import io.jobyard.api.spi.CommitListener;
import io.jobyard.api.spi.Committed;
import io.jobyard.api.spi.HandlerCatalog;
import io.jobyard.api.spi.JobRepository;
import io.jobyard.api.spi.JobScheduler;
import io.jobyard.api.spi.Outcome;
import io.jobyard.api.spi.QueueManager;
import io.jobyard.api.spi.StoreSnapshot;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Offers the decisions in a job's life as a service, and does what is to be done by itself. */
@Component(service = {JobScheduler.class, CommitListener.class})
public final class JobSchedulerComponent implements JobScheduler, CommitListener {

    private final RunStarter runs;
    private final Housekeeper housekeeper;
    private final OutcomeDelivery endings;
    private final ScheduledThreadPoolExecutor outcomes =
            new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "jobyard-outcome-1"));

    @Activate
    public JobSchedulerComponent(
            @Reference JobRepository repository,
            @Reference QueueManager queue,
            @Reference HandlerCatalog handlers,
            @Reference BundleQuarantine quarantine,
            @Reference SchedulerSettingsComponent settings,
            @Reference Clock clock) {
        Supplier<SchedulerSettings> current = settings::current;
        Decisions decisions = Decisions.of(repository, current, clock);
        UnknownTypes unknown = new UnknownTypes(repository, handlers, queue, current, System::nanoTime);
        runs = new RunStarter(queue, handlers, decisions);
        outcomes.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        endings = new OutcomeDelivery(
                repository,
                queue,
                decisions,
                current,
                delay -> task -> outcomes.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS));
        housekeeper = new Housekeeper(
                repository,
                new Chores(repository, decisions, unknown, quarantine, clock),
                clock,
                () -> current.get().pollInterval());
        housekeeper.start();
    }

    @Deactivate
    void stop() {
        housekeeper.stop();
        outcomes.shutdown();
    }

    @Override
    public List<Assignment> claim(int max, Duration patience) throws InterruptedException {
        return housekeeper.awaitRecovered(patience) ? runs.claim(max, patience) : List.of();
    }

    @Override
    public CompletableFuture<Boolean> finish(Assignment run, @Nullable Instant startedAt, Outcome outcome) {
        return endings.finish(run, startedAt, outcome);
    }

    @Override
    public void opened(StoreSnapshot snapshot) {
        housekeeper.opened();
    }

    @Override
    public void committed(List<Committed> changes) {
        housekeeper.committed(changes);
    }
}
