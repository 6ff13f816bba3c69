// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.JobManager;
import io.jobyard.api.spi.Access;
import io.jobyard.api.spi.Assignment;
import io.jobyard.api.spi.Caller;
import io.jobyard.api.spi.HandlerCatalog;
import io.jobyard.api.spi.JobRepository;
import io.jobyard.api.spi.Outcome;
import io.jobyard.api.spi.QueueManager;
import io.jobyard.doubles.FakeBundleQuarantine;
import io.jobyard.settings.api.LastGood;
import io.jobyard.settings.api.Settings;
import io.jobyard.testkit.SettableAccess;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The door to the real scheduler, which no other bundle sees: all of it but the thread that keeps house. */
public final class SchedulerDoor implements AutoCloseable {

    private final JobManager manager;
    private final RunStarter runs;
    private final OutcomeDelivery endings;
    private final Chores chores;
    private final Clock clock;
    private final ExecutorService outcomes = Executors.newSingleThreadExecutor();

    public SchedulerDoor(JobRepository repository, QueueManager queue, HandlerCatalog handlers, Clock clock) {
        Settings<SchedulerSettings> settings =
                new Settings<>(SchedulerSettings.PID, SchedulerSettings::read, LastGood.none());
        settings.update(Map.of());
        this.clock = clock;
        Decisions decisions = new Decisions(
                clock, attempt -> Duration.ofSeconds(attempt), repository.host(), repository.incarnation());
        runs = new RunStarter(queue, handlers, decisions);
        endings = new OutcomeDelivery(repository, queue, decisions, settings::current, delay -> outcomes);
        UnknownTypes unknown = new UnknownTypes(repository, handlers, queue, settings::current, System::nanoTime);
        chores = new Chores(repository, decisions, unknown, new FakeBundleQuarantine(), clock);
        Access access = new SettableAccess();
        JobSubmission submission = new JobSubmission(
                repository, queue, handlers, access, settings::current, clock, new JobIds(new Random()));
        manager = new ClientJobManager(
                Caller.administrator("ada"),
                access,
                submission,
                new JobOperations(
                        repository,
                        queue,
                        decisions,
                        new ChangeDecisions(clock, queue::priorityLevels, access),
                        access),
                new HostOperations(queue, repository, new FakeBundleQuarantine(), repository, access, clock),
                repository,
                new AwaitedJobs());
    }

    public JobManager manager() {
        return manager;
    }

    public List<Assignment> claim(int max) throws InterruptedException {
        return runs.claim(max, Duration.ZERO);
    }

    public CompletableFuture<Boolean> finish(Assignment run, Outcome outcome) {
        return endings.finish(run, clock.instant(), outcome);
    }

    public boolean recover() {
        return chores.recover();
    }

    /** Releases, moves on by time, fails unknown types; true if there may be more. */
    public boolean tidy() {
        return chores.release() | chores.due() | chores.failUnknownTypes();
    }

    @Override
    public void close() {
        outcomes.shutdownNow();
    }
}
