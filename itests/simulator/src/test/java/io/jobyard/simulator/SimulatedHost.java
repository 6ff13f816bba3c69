// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import io.jobyard.api.Job;
import io.jobyard.api.JobEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobStatus;
import io.jobyard.doubles.FakeBundleQuarantine;
import io.jobyard.doubles.Stub;
import io.jobyard.queue.Gates;
import io.jobyard.queue.QueueEngine;
import io.jobyard.queue.QueueSettings;
import io.jobyard.queue.QueueStore;
import io.jobyard.scheduler.SchedulerEngine;
import io.jobyard.scheduler.SchedulerSettings;
import io.jobyard.settings.api.LastGood;
import io.jobyard.settings.api.Settings;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.audit.AuditStore;
import io.jobyard.spi.bulk.BulkStore;
import io.jobyard.spi.cluster.HostOffer;
import io.jobyard.spi.cluster.HostStore;
import io.jobyard.spi.cluster.Hosts;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.JobSummary;
import io.jobyard.spi.jobs.Slots;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.steps.StoredStep;
import io.jobyard.spi.steps.WorkStore;
import io.jobyard.testkit.SettableAccess;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One life of a host: all that its end throws away. */
final class SimulatedHost {

    final int number;
    final UUID incarnation;
    final String position;
    final HostLease lease;
    final Committer committer;
    final Handlers handlers;
    final QueueEngine queue;
    final Settings<QueueSettings> queueSettings =
            new Settings<>(QueueSettings.PID, QueueSettings::read, LastGood.none());
    final SchedulerEngine scheduler;
    final OrderModel order;
    final Settings<SchedulerSettings> settings =
            new Settings<>(SchedulerSettings.PID, SchedulerSettings::read, LastGood.none());
    /** What the workers have. */
    final List<Run> runs = new ArrayList<>();
    /** Runs that are over, and whose handlers go on all the same. */
    final List<Run> left = new ArrayList<>();

    final WorkStore work;
    final JobReads reads;
    /** What another host, the leader, has started here, and the workers have not fetched. */
    final List<JobEvent> assigned = new ArrayList<>();
    /** What waits for the thread that reads for late outcomes. */
    final Deque<Runnable> readings = new ArrayDeque<>();
    /** One thread hands out, one keeps house. */
    boolean claiming;

    boolean keeping;
    /** An outcome could not be stored at all: only the next life finds the run again. */
    boolean lostAnOutcome;
    /** It finishes what it runs, and then ends. */
    boolean leaves;
    /** It stands still, or the database does not hear it, until then. */
    long stillUntil;

    long cutOffUntil;

    private final World world;
    private final FeedReader reader;
    private final SimulatedStore store;
    /** The latest run of each job whose cancel was told, also while it is on its way to the workers. */
    private final Map<JobId, Integer> cancelled = new HashMap<>();

    private Hosts hosts;

    /** Begins where the life with that number has its row. */
    SimulatedHost(World world, LifeRow life) {
        this.world = world;
        number = life.number();
        incarnation = life.id();
        position = life.position();
        handlers = world.handlers(position);
        reader = new FeedReader(world, number);
        committer = new Committer(world, this, reader);
        lease = new HostLease(world, this);
        hosts = lease.hosts();
        store = new SimulatedStore(world, this);
        reads = store;
        work = world.durable
                ? new SimulatedWork(world, store)
                : Stub.<WorkStore>of(WorkStore.class)
                        .on("children", arguments -> Map.of())
                        .with("steps", List.of())
                        .get();
        queueSettings.update(world.queueSettings);
        Gates gates = new Gates();
        gates.add(handlers);
        SettableAccess access = new SettableAccess();
        queue = new QueueEngine(
                queueSettings,
                world.limits.catalog(access),
                gates,
                handlers,
                new QueueStore(
                        store,
                        store,
                        store,
                        Stub.<AuditStore>of(AuditStore.class).get()),
                world.clock,
                world.knobs.window());
        order = new OrderModel(world, this, world.life.fates(), world.queueSettings);
        queue.opened(store.snapshot());
        settings.update(world.schedulerSettings);
        scheduler = new SchedulerEngine(
                new SchedulerEngine.Stores(
                        store,
                        work,
                        store,
                        store,
                        Stub.<AuditStore>of(AuditStore.class).get(),
                        Stub.<HostStore>of(HostStore.class).get(),
                        Stub.<BulkStore>of(BulkStore.class).get()),
                new WatchedQueue(queue, order),
                handlers,
                new FakeBundleQuarantine(),
                access,
                settings::current,
                new SchedulerEngine.Environment(world.clock, () -> world.nanos, world.random, pause -> readings::add));
        if (world.extended) {
            scheduler.startAdmitted(
                    () -> new Slots(room(), 0), started -> started.forEach(run -> runs.add(new Run(run))));
        }
        told(hosts);
        offer();
    }

    /** Answers the rule of starts in admissions: these are stored, and no others. */
    void settleStarts(List<Assignment> stored) {
        store.settleStarts(stored);
        order.settled();
    }

    List<Assignment> fetch(List<JobEvent> starts) {
        return store.assigned(starts);
    }

    JobManager jobs(String user) {
        return scheduler.of(Caller.administrator(user));
    }

    /** Starts what is ready; waits for nothing but the store. */
    List<Assignment> claim(int max) {
        try {
            return scheduler.claim(() -> new Slots(max, 0), Duration.ZERO);
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts here", e);
        }
    }

    /** Whether one of its threads waits for the store. */
    boolean isBusy() {
        return world.isAtWork(this);
    }

    /** How many more runs its workers take. */
    int room() {
        return leaves ? 0 : Math.max(0, world.knobs.workers() - runs.size());
    }

    /** As it knows. */
    boolean isLeader() {
        return hosts.isLeader();
    }

    boolean isAlone() {
        return hosts.living().size() == 1;
    }

    /** Tells the others what it has, at the next look. */
    void offer() {
        lease.offer(new HostOffer(new Slots(world.knobs.workers(), 0), handlers.offered(), leaves, "1"));
    }

    /** Others are there than before, or offer something else. */
    void told(Hosts now) {
        hosts = now;
        if (world.fault != SeededFault.FORGOTTEN_BEFORE_READ) {
            committer.follow();
        }
        reader.forgetAllBut(now.living().stream()
                .map(life -> world.database.life(life.incarnation()).number())
                .collect(Collectors.toSet()));
        queue.hosts(now);
        scheduler.hosts(now);
        order.hosts(now);
    }

    /** Hears of what was committed, here and elsewhere. */
    void heard(List<Committed> changes, List<Consumer<CommitListener>> news) {
        if (!changes.isEmpty()) {
            changes.forEach(world.life::told);
            queue.committed(changes);
            order.committed(changes, queue.lanes());
            changes.forEach(this::run);
        }
        news.forEach(one -> one.accept(queue));
    }

    private void run(Committed change) {
        JobSummary job = change.after();
        if (job.cancelRequested()) {
            cancelled.put(job.id(), job.run());
        }
        JobSummary before = change.before();
        boolean starts = job.status() == JobStatus.RUNNING && (before == null || before.status() != JobStatus.RUNNING);
        if (starts && change.elsewhere() && incarnation.equals(job.incarnation())) {
            assigned.add(change.event());
        }
    }

    @Override
    public String toString() {
        return position + " in life " + number;
    }

    /** A run and what became of it so far. */
    final class Run {
        final Assignment assignment;
        boolean begun;
        int offers;
        /** How many calls of its handler are done; it makes no other one while one is under way. */
        int calls;

        boolean inCall;
        /** Its end is on its way to the store, so that its job waits. */
        boolean rests;
        /** What earlier runs have stored; null before it was read. */
        @Nullable
        List<StoredStep> stored;

        Run(Assignment assignment) {
            this.assignment = assignment;
        }

        boolean isCancelled() {
            Job job = assignment.stored().job();
            return cancelled.getOrDefault(job.id(), 0) == job.state().run().number();
        }
    }
}
