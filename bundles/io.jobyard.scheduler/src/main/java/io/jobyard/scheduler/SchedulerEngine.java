// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.Job;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobSpecification;
import io.jobyard.spi.JobManagers;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.audit.AuditStore;
import io.jobyard.spi.bulk.BulkStore;
import io.jobyard.spi.cluster.HostStore;
import io.jobyard.spi.cluster.Hosts;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.feed.StoreSnapshot;
import io.jobyard.spi.handlers.BundleQuarantine;
import io.jobyard.spi.handlers.HandlerCatalog;
import io.jobyard.spi.handlers.TypeRules;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.Slots;
import io.jobyard.spi.limits.LimitStore;
import io.jobyard.spi.queue.LimitSight;
import io.jobyard.spi.queue.QueueManager;
import io.jobyard.spi.queue.QueueRules;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.running.JobScheduler;
import io.jobyard.spi.running.Outcome;
import io.jobyard.spi.schedules.FireAdmission;
import io.jobyard.spi.schedules.JobWithdrawal;
import io.jobyard.spi.steps.StoredStep;
import io.jobyard.spi.steps.WorkStore;
import io.jobyard.spi.store.JobStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Admission of jobs, and all decisions about their transitions, without OSGi. After {@link #start}, the engine does its maintenance on its
 * own threads; before, the owner calls it.
 */
public final class SchedulerEngine implements JobScheduler, JobManagers, CommitListener, AutoCloseable {

    /** Services of the store, by purpose. */
    @Component(service = Stores.class)
    public record Stores(
            JobStore jobs,
            WorkStore work,
            JobReads reads,
            LimitStore limits,
            AuditStore audit,
            HostStore hosts,
            BulkStore bulks) {

        @Activate
        public Stores(
                @Reference JobStore jobs,
                @Reference WorkStore work,
                @Reference JobReads reads,
                @Reference LimitStore limits,
                @Reference AuditStore audit,
                @Reference HostStore hosts,
                @Reference BulkStore bulks) {
            this.jobs = jobs;
            this.work = work;
            this.reads = reads;
            this.limits = limits;
            this.audit = audit;
            this.hosts = hosts;
            this.bulks = bulks;
        }
    }

    /**
     * Dependencies that differ between a running host and a simulation.
     *
     * @param ticker nanoseconds, independent of the wall clock
     * @param random source for IDs and delays
     * @param later runs a task after a delay, on a thread that does not belong to the store
     */
    public record Environment(
            Clock clock, LongSupplier ticker, RandomGenerator random, Function<Duration, Executor> later) {}

    final Access access;
    final Clock clock;
    final JobReads reads;
    final JobSubmission submission;
    final SubmissionPreview previews;
    final JobOperations operations;
    final HostOperations host;
    final LimitOperations limits;
    final DrainOperations drain;
    final BulkOperations bulks;
    final AwaitedJobs awaited = new AwaitedJobs();
    final SignalOperations signals;
    final JobCopies copies;
    final JobForks forks;
    private final RunSubmission ofRuns;
    private final Function<Caller, LimitSight> sights;
    private final WorkStore work;
    private final MaintenanceTasks chores;
    private final MaintenanceLoop housekeeper;
    final BulkRunner runner;
    private final RunStarter starter;
    private final OutcomeDelivery outcomes;

    public SchedulerEngine(
            Stores stores,
            QueueManager queue,
            HandlerCatalog handlers,
            BundleQuarantine quarantine,
            Access access,
            Supplier<SchedulerSettings> settings,
            Environment environment) {
        clock = environment.clock();
        JobStore jobs = stores.jobs();
        work = stores.work();
        reads = stores.reads();
        this.access = access;
        sights = caller -> new LimitSight(caller, access, handlers, queue.rules()::limitKeys);
        copies = new JobCopies(reads, handlers, access);
        Decisions decisions = new Decisions(clock);
        ChangeDecisions changes = changes(queue.rules(), handlers);
        SpecificationChecks checks = new SpecificationChecks(queue.rules(), handlers, access, settings, clock);
        BatchDecisions batches = new BatchDecisions(reads, access, clock, new JobIds(environment.random()));
        submission = new JobSubmission(jobs, reads, queue.admission(), access, checks, batches, changes);
        forks = forks(settings);
        ofRuns = new RunSubmission(submission, work, queue.rules());
        previews = new SubmissionPreview(reads, queue, access, checks, batches, changes, clock);
        signals = new SignalOperations(work, reads, new WaitDecisions(clock), access, settings, clock);
        operations = new JobOperations(jobs, work, reads, queue.admission(), decisions, changes, access);
        host = new HostOperations(queue.overview(), stores.limits(), quarantine, stores.audit(), access, clock);
        limits = new LimitOperations(queue.rules(), stores.limits(), access, clock);
        drain = new DrainOperations(stores.hosts(), access, clock);
        BulkWork bulk = new BulkWork(stores.bulks(), reads, queue, operations, decisions, changes, access);
        runner = new BulkRunner(stores.bulks(), jobs, bulk, clock);
        bulks = new BulkOperations(stores.bulks(), reads, queue.rules(), access, clock, runner::call);
        CanaryJobs canaries = new CanaryJobs(handlers, queue.canaries());
        starter = new RunStarter(queue.claims(), handlers, canaries, decisions, jobs);
        RunEndRules ends = ends(decisions, canaries, handlers, settings, environment.random());
        outcomes = new OutcomeDelivery(jobs, work, reads, queue.runs(), ends, settings, environment.later());
        UnservedTypeExpiry unserved = unserved(stores, queue, handlers, settings, environment);
        chores = new MaintenanceTasks(jobs, work, reads, decisions, unserved, quarantine, clock);
        housekeeper =
                new MaintenanceLoop(jobs, chores, clock, () -> settings.get().pollInterval());
    }

    private JobForks forks(Supplier<SchedulerSettings> settings) {
        IntSupplier most = () -> settings.get().sizes().maxBatchBytes();
        return new JobForks(reads, work, copies, submission, access, most);
    }

    private ChangeDecisions changes(QueueRules queue, HandlerCatalog handlers) {
        LimitValueReader values = new LimitValueReader(queue);
        return new ChangeDecisions(clock, queue::priorityLevels, access, handlers, (job, terms) -> {
            if (!LimitChecks.limits(terms.demand().limits())
                    .equals(LimitChecks.limits(job.job().terms().demand().limits()))) {
                LimitChecks.fit(terms, queue);
            }
            return values.read(terms, () -> reads.payload(job.id()).orElse("{}"));
        });
    }

    private static UnservedTypeExpiry unserved(
            Stores stores,
            QueueManager queue,
            HandlerCatalog handlers,
            Supplier<SchedulerSettings> settings,
            Environment environment) {
        return new UnservedTypeExpiry(stores.limits(), handlers, queue.lanes(), settings, environment.ticker());
    }

    private RunEndRules ends(
            Decisions decisions,
            CanaryJobs canaries,
            HandlerCatalog handlers,
            Supplier<SchedulerSettings> settings,
            RandomGenerator random) {
        RetryDelay delay = RetryDelay.exponential(
                settings,
                type -> handlers.typeRules().getOrDefault(type, TypeRules.NONE).backoff(),
                random);
        return new RunEndRules(
                new RunEndDecisions(clock, delay),
                decisions,
                new WaitDecisions(clock),
                canaries,
                new ProgressRetries(reads, handlers, settings));
    }

    /** Returns the admission of scheduled jobs. */
    public FireAdmission fires() {
        return submission;
    }

    /** Returns the service that cancels jobs which the host itself has created. */
    public JobWithdrawal withdrawal() {
        return operations::withdraw;
    }

    /** Starts the maintenance on its own thread. */
    public void start() {
        housekeeper.start();
        runner.start();
    }

    /** Ends the thread, and wakes callers that wait for a job. */
    @Override
    public void close() {
        runner.close();
        housekeeper.stop();
        awaited.wakeAll();
    }

    /** Returns the maintenance of an engine that is not started. */
    public MaintenanceTasks chores() {
        return chores;
    }

    LimitSight sight(Caller caller) {
        return sights.apply(caller);
    }

    @Override
    public JobManager of(Caller caller, @Nullable Job seen) {
        return new ClientJobManager(caller, this, seen == null ? operations : operations.onlyIf(seen));
    }

    @Override
    public List<Assignment> claim(Supplier<Slots> room, Duration timeout) throws InterruptedException {
        return chores.awaitRecovered(timeout) ? starter.claim(room, timeout) : List.of();
    }

    @Override
    public void startAdmitted(Supplier<Slots> room, Consumer<List<Assignment>> runs) {
        starter.startAdmitted(room, runs);
    }

    @Override
    public void requirePrivileged(Assignment run) {
        new PrivilegedRuns(reads, access).require(run.stored().job());
    }

    @Override
    public CompletableFuture<Boolean> note(Assignment run, String what) {
        return outcomes.note(run, what);
    }

    @Override
    public CompletableFuture<Boolean> finish(Assignment run, @Nullable Instant startedAt, Outcome outcome) {
        return outcomes.finish(run, startedAt, outcome);
    }

    @Override
    public void opened(StoreSnapshot snapshot) {
        housekeeper.opened();
        awaited.wakeAll(); // the end may not have been reported
    }

    @Override
    public void hosts(Hosts hosts) {
        chores.hosts(hosts);
        housekeeper.hosts(hosts);
        runner.hosts(hosts);
    }

    @Override
    public void committed(List<Committed> changes) {
        awaited.committed(changes);
        housekeeper.committed(changes);
    }

    @Override
    public Optional<StoredStep> submit(Assignment run, StoredStep step, List<JobSpecification> specifications) {
        return ofRuns.submit(run, step, specifications);
    }
}
