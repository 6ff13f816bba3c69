// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.spi.Assignment;
import io.jobyard.api.spi.Caller;
import io.jobyard.api.spi.Committed;
import io.jobyard.api.spi.JobStanding;
import io.jobyard.doubles.FakeBundleQuarantine;
import io.jobyard.doubles.FakeCommitListener;
import io.jobyard.queue.Gates;
import io.jobyard.queue.LimitCatalogRegistry;
import io.jobyard.queue.QueueEngine;
import io.jobyard.queue.QueueSettings;
import io.jobyard.queue.QueueStore;
import io.jobyard.scheduler.SchedulerEngine;
import io.jobyard.scheduler.SchedulerSettings;
import io.jobyard.settings.api.LastGood;
import io.jobyard.settings.api.Settings;
import io.jobyard.testkit.InMemoryStore;
import io.jobyard.testkit.SettableAccess;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One life of the host: all that a crash throws away. */
final class Host {

    final SimulatedStore store;
    final QueueEngine queue;
    final Settings<QueueSettings> queueSettings =
            new Settings<>(QueueSettings.PID, QueueSettings::read, LastGood.none());
    final SchedulerEngine scheduler;
    final OrderModel order;
    final Settings<SchedulerSettings> settings =
            new Settings<>(SchedulerSettings.PID, SchedulerSettings::read, LastGood.none());
    /** What the workers have. */
    final List<Run> runs = new ArrayList<>();
    /** The latest run of each job whose cancel was told, also while it is on its way to the workers. */
    private final Map<JobId, Integer> cancelled = new HashMap<>();
    /** What waits for the thread that reads for late outcomes. */
    final Deque<Runnable> readings = new ArrayDeque<>();
    /** One thread hands out, one keeps house. */
    boolean claiming;

    boolean keeping;
    /** An outcome could not be stored at all: only the next life finds the run again. */
    boolean lostAnOutcome;

    Host(World world, InMemoryStore memory) {
        store = new SimulatedStore(world, memory, this::committed);
        queueSettings.update(world.queueSettings);
        Gates gates = new Gates();
        gates.add(world.handlers);
        SettableAccess access = new SettableAccess();
        queue = new QueueEngine(
                queueSettings,
                new LimitCatalogRegistry(access),
                gates,
                world.handlers,
                new QueueStore(store, store, store),
                world.clock,
                world.knobs.window());
        order = new OrderModel(world, world.life.fates(), world.queueSettings);
        memory.listen(FakeCommitListener.ofOpening(
                snapshot -> queue.opened(snapshot))); // what is committed comes by the committer, in time
        settings.update(world.schedulerSettings);
        scheduler = new SchedulerEngine(
                new SchedulerEngine.Stores(store, store, store, store, store),
                new WatchedQueue(queue, order),
                world.handlers,
                new FakeBundleQuarantine(),
                access,
                settings::current,
                new SchedulerEngine.Environment(
                        world.clock,
                        () -> Duration.between(Instant.EPOCH, world.clock.instant())
                                .toNanos(),
                        world.random,
                        pause -> readings::add));
        queue.hosts(memory.hosts());
        scheduler.hosts(memory.hosts());
    }

    JobManager jobs(String user) {
        return scheduler.of(Caller.administrator(user));
    }

    /** Starts what is ready; waits for nothing but the store. */
    List<Assignment> claim(int max) {
        try {
            return scheduler.claim(() -> max, Duration.ZERO);
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts here", e);
        }
    }

    private void committed(List<Committed> changes) {
        queue.committed(changes);
        order.committed(changes, queue);
        changes.stream()
                .map(Committed::after)
                .filter(JobStanding::cancelRequested)
                .forEach(job -> cancelled.put(job.id(), job.run()));
    }

    /** A run and what became of it so far. */
    final class Run {
        final Assignment assignment;
        boolean begun;
        boolean answered;
        int offers;

        Run(Assignment assignment) {
            this.assignment = assignment;
        }

        boolean isCancelled() {
            Job job = assignment.stored().job();
            return cancelled.getOrDefault(job.id(), 0) == job.state().run();
        }
    }
}
