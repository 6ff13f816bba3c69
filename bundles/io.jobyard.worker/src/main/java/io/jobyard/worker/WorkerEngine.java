// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.Finding;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.settings.api.LoopThread;
import io.jobyard.spi.Examiner;
import io.jobyard.spi.cluster.HostIncarnation;
import io.jobyard.spi.cluster.Hosts;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.feed.StoreSnapshot;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.JobSummary;
import io.jobyard.spi.jobs.LiveRun;
import io.jobyard.spi.jobs.Slots;
import io.jobyard.spi.queue.QueueManager;
import io.jobyard.spi.running.JobScheduler;
import io.jobyard.spi.running.RunMonitor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Workers of one host. They fetch runs, call handlers on their threads, watch the runs and end them cleanly. After {@link #start}, the
 * engine fetches and watches on its own threads; before, the owner calls it.
 */
public final class WorkerEngine implements RunMonitor, CommitListener, Examiner {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerEngine.class);
    private static final Duration WATCH = Duration.ofMillis(100);
    /** Watch interval without runs. It is short enough that a new run is checked well before the smallest timeout. */
    private static final Duration IDLE_WATCH = Duration.ofMillis(300);

    private final HandlerRegistry handlers;
    private final WorkerTime time;
    private final Runnable wake;
    private final Runnable renewal;
    private final Runnable endOfSettings;
    private final WorkerPool pool;
    private final RunSupervisor supervisor;
    private final RunWatch watched;
    final Dispatcher dispatcher;
    private final LoopThread watch = new LoopThread("jobyard-watch-1", "Runs are not supervised", this::watchOn);
    private final Queue<List<JobSummary>> cancels = new ConcurrentLinkedQueue<>();
    private final UUID self;
    private final AssignedRuns assigned;
    private final HostOffering offering;
    private final LeaseWatch lease;
    private final ExclusiveRuns exclusive;
    private volatile Consumer<String> halt =
            why -> LOG.error("{}; the process belongs to another program and continues", why);
    private final RunNotices notices;
    private final Runnable look;
    private boolean stopped;
    private volatile boolean started;
    private volatile boolean startsElsewhere;
    private volatile boolean isGivenRuns;
    private volatile @Nullable Instant stopsAt;

    /** Creates the workers with their services. Their threads wait for runs. */
    public WorkerEngine(
            HandlerRegistry handlers,
            WorkerStores stores,
            JobScheduler scheduler,
            QueueManager queue,
            WorkerTime time,
            String version) {
        this.handlers = handlers;
        this.time = time;
        wake = queue.claims()::wake;
        Supplier<WorkerSettings> settings = handlers.settings::current;
        RunOutputs outputs = RunOutputs.of(stores, settings, time);
        RunServices services = new RunServices(stores, scheduler, queue.runs(), outputs, time, new AsyncThreads());
        JobExecutor executor = JobExecutor.of(handlers, services);
        RunReporter reporter = new RunReporter(outputs, scheduler);
        RunAgenda agenda = new RunAgenda(time.nanos());
        Function<Assignment, Run> runs =
                start -> new Run(start, handlers.all.thread(start), time.nanos(), agenda::raise);
        pool = new WorkerPool(settings, executor::execute, reporter, time, runs, wake);
        supervisor = new RunSupervisor(pool, settings, handlers.quarantine, time.nanos(), ExitCalls::now);
        watched = new RunWatch(pool, agenda, handlers.all, settings, reporter, supervisor::giveUp);
        renewal = pool::renew;
        dispatcher = new Dispatcher(scheduler, pool);
        self = stores.jobs().incarnation();
        assigned = new AssignedRuns(stores.jobs(), stores.reads(), pool::accept);
        offering = new HostOffering(stores.hosts(), handlers.all, pool, version, time.nanos(), handlers.drain.drains());
        look = offering::look;
        notices = new RunNotices(stores.notices(), pool::activeRuns, time.nanos());
        LeaseTime ofHost = new LeaseTime(stores.hosts());
        lease = new LeaseWatch(ofHost, pool, settings, handlers.all::isExclusive);
        exclusive = new ExclusiveRuns(ofHost, pool::heldRuns, handlers.all::isExclusive, why -> halt.accept(why));
        handlers.drain.onChange(this::drain);
        pool.hold(PoolHold.DRAIN, handlers.drain.drains());
        endOfSettings = handlers.settings.onChange(changed -> pool.resize());
        handlers.all.onArrival(wake);
        handlers.all.onArrival(look);
        handlers.all.onDeparture(renewal);
        pool.resize();
    }

    /**
     * Sets the action that ends the process if a run of an exclusive type would overlap with its successor. Call it before {@link #start}.
     */
    void haltBy(Consumer<String> halting) {
        halt = halting;
    }

    /** Makes the engine fetch and watch runs on its own, from its first commit on. */
    void start() {
        started = true;
        exclusive.start();
        watch.start();
    }

    private Duration watchOn() {
        for (List<JobSummary> jobs = cancels.poll(); jobs != null; jobs = cancels.poll()) {
            pool.cancel(jobs);
        }
        watch();
        return pool.workers().busy().total() == 0 ? IDLE_WATCH : WATCH;
    }

    /** Stops all work once: requeues runs that have not begun, drains the others, then interrupts them. */
    public synchronized void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        handlers.drain.onChange(() -> {});
        offering.drain(true);
        long toldAt = System.nanoTime();
        stopsAt = time.clock().instant().plus(handlers.settings.current().drainTimeout());
        handlers.all.forget(wake);
        handlers.all.forget(look);
        watched.close();
        handlers.all.forget(renewal);
        endOfSettings.run();
        if (!startsElsewhere) {
            dispatcher.stop();
        }
        supervisor.stop();
        dispatcher.stop(); // on a leader, only now: the other hosts keep getting jobs while this host drains
        if (isGivenRuns) {
            giveBackTheLast(toldAt);
        }
        watch.beginStop();
    }

    /**
     * Requeues the last assigned runs. The leader may assign runs before it knows of the stop; without this, they would count as lost with
     * the host.
     */
    private void giveBackTheLast(long toldAt) {
        try {
            assigned.awaitQuiet(toldAt);
            pool.awaitIdle(handlers.settings.current().cancelGrace());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void drain() {
        boolean drains = handlers.drain.drains();
        pool.hold(PoolHold.DRAIN, drains);
        offering.drain(drains);
        wake.run();
    }

    /** Ends the remaining threads after {@link #stop}, once no more commits are delivered. */
    void close() {
        exclusive.stop();
        assigned.close();
    }

    /** Returns the number of further runs that can get a slot. */
    public Slots room() {
        return pool.room();
    }

    /** Accepts durable runs. Each gets an outcome in any case. */
    public void accept(List<Assignment> runs) {
        pool.accept(runs);
    }

    /**
     * Ends overdue and silent runs, abandons runs that ignore this, requeues runs that wait too long for a thread, and publishes this
     * host's offer and the progress of its runs.
     */
    public void watch() {
        offering.look();
        lease.look();
        watched.look();
        notices.look(startsElsewhere || isGivenRuns);
    }

    /**
     * Reads the current runs of this host. No run starts before this call, here or by another host. From now on, each start and each cancel
     * of a run is delivered. If the call is repeated, some may have been missed.
     */
    @Override
    public void opened(StoreSnapshot snapshot) {
        List<JobSummary> own = snapshot.running().stream()
                .filter(job -> self.equals(job.incarnation()))
                .<JobSummary>map(job -> job)
                .toList();
        List<JobSummary> cancelled =
                own.stream().filter(JobSummary::cancelRequested).toList();
        if (!cancelled.isEmpty()) {
            cancel(cancelled);
        }
        if (isGivenRuns) {
            assigned.look(
                    own,
                    job -> pool.run(job.id())
                            .filter(run -> run.run() == job.run())
                            .isPresent());
        }
        offering.begin();
        if (started) {
            dispatcher.start();
        }
    }

    @Override
    public void hosts(Hosts hosts) {
        startsElsewhere = hosts.isLeader() && hosts.living().size() > 1;
        isGivenRuns = !hosts.isLeader() && hosts.living().size() > 1;
        pool.startsElsewhere(startsElsewhere);
        handlers.elsewhere.follow(hosts);
        hosts.living().stream()
                .filter(host -> host.incarnation().equals(hosts.self()))
                .map(HostIncarnation::drainAsked)
                .filter(Objects::nonNull)
                .forEach(handlers.drain::drain);
    }

    /**
     * Accepts the runs that the leader has assigned to this host, and ends runs whose cancel is stored. A started engine ends them on the
     * watching thread: an interrupt may run code of a library that the handler waits in, and no commit may wait for that code.
     */
    @Override
    public void committed(List<Committed> changes) {
        assigned.committed(changes);
        List<JobSummary> cancelled = changes.stream()
                .<JobSummary>map(Committed::after)
                .filter(job -> job.status() == JobStatus.RUNNING && job.cancelRequested())
                .filter(job -> self.equals(job.incarnation()))
                .toList();
        if (!cancelled.isEmpty()) {
            cancel(cancelled);
        }
    }

    private void cancel(List<JobSummary> cancelled) {
        if (started) {
            cancels.add(cancelled);
            watch.wake();
        } else {
            pool.cancel(cancelled);
        }
    }

    @Override
    public Workers workers() {
        return pool.workers();
    }

    @Override
    public List<Finding> examine() {
        return ThreadFindings.of(pool, handlers.all);
    }

    @Override
    public Optional<LiveRun> run(JobId id) {
        Instant stops = stopsAt;
        return pool.run(id)
                .map(run -> stops == null || run.ending() != null
                        ? run
                        : new LiveRun(
                                run.run(),
                                run.startedAt(),
                                run.progress(),
                                run.extendedTo(),
                                EndText.leaves("the host", stops)));
    }
}
