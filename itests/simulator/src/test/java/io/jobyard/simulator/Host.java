// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import io.jobyard.api.JobId;
import io.jobyard.api.spi.Assignment;
import io.jobyard.api.spi.Committed;
import io.jobyard.api.spi.LiveRun;
import io.jobyard.api.spi.RunMonitor;
import io.jobyard.doubles.FakeCommitListener;
import io.jobyard.queue.SimulatedQueue;
import io.jobyard.scheduler.SimulatedScheduler;
import io.jobyard.testkit.InMemoryJobRepository;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** One life of the host: all that a crash throws away. */
final class Host {

    final SimulatedStore store;
    final SimulatedQueue queue;
    final SimulatedScheduler scheduler;
    final OrderModel order;
    /** What the workers have. */
    final List<Run> runs = new ArrayList<>();
    /** What waits for the thread that reads for late outcomes. */
    final Deque<Runnable> readings = new ArrayDeque<>();
    /** One thread hands out, one keeps house. */
    boolean claiming;

    boolean keeping;
    /** An outcome could not be stored at all: only the next life finds the run again. */
    boolean lostAnOutcome;

    Host(World world, InMemoryJobRepository memory) {
        store = new SimulatedStore(world, memory, this::committed);
        queue = new SimulatedQueue(world.queueSettings, world.handlers, store, world.clock, world.knobs.window());
        order = new OrderModel(world, world.life.fates(), world.queueSettings);
        memory.listen(FakeCommitListener.ofOpening(
                snapshot -> queue.listener().opened(snapshot))); // what is committed comes by the committer, in time
        scheduler = new SimulatedScheduler(
                world.schedulerSettings,
                store,
                new WatchedQueue(queue.manager(), order),
                world.handlers,
                new Workers(),
                world.clock,
                world.random,
                readings::add);
    }

    private void committed(List<Committed> changes) {
        queue.listener().committed(changes);
        order.committed(changes, queue.manager());
    }

    /** A run and what became of it so far. */
    static final class Run {
        final Assignment assignment;
        boolean begun;
        boolean cancelTold;
        boolean answered;
        int offers;

        Run(Assignment assignment) {
            this.assignment = assignment;
        }
    }

    private final class Workers implements RunMonitor {
        @Override
        public Optional<LiveRun> run(JobId id) {
            return Optional.empty();
        }

        @Override
        public void cancel(JobId id, int number) {
            runs.stream()
                    .filter(run -> run.assignment.stored().id().equals(id))
                    .filter(run -> run.assignment.stored().job().state().run() == number)
                    .forEach(run -> run.cancelTold = true);
        }
    }
}
