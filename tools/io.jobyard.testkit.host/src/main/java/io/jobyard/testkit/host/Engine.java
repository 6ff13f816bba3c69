// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import io.jobyard.api.JobManager;
import io.jobyard.api.StateConflictException;
import io.jobyard.api.handler.JobHandler;
import io.jobyard.api.spi.Assignment;
import io.jobyard.api.spi.BundleQuarantine;
import io.jobyard.api.spi.Caller;
import io.jobyard.api.spi.CommitListener;
import io.jobyard.api.spi.Committed;
import io.jobyard.api.spi.StoreSnapshot;
import io.jobyard.queue.Gates;
import io.jobyard.queue.LimitCatalogRegistry;
import io.jobyard.queue.QueueEngine;
import io.jobyard.queue.QueueSettings;
import io.jobyard.queue.QueueStore;
import io.jobyard.scheduler.Chores;
import io.jobyard.scheduler.SchedulerEngine;
import io.jobyard.scheduler.SchedulerSettings;
import io.jobyard.settings.api.LastGood;
import io.jobyard.settings.api.Settings;
import io.jobyard.testkit.InMemoryStore;
import io.jobyard.testkit.LongestDelay;
import io.jobyard.testkit.SettableAccess;
import io.jobyard.testkit.SettableClock;
import io.jobyard.worker.HandlerRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The parts of a host, joined. Handlers run on worker threads; all else happens on the thread that asks, so that nothing
 * moves between two questions but the handlers.
 */
final class Engine {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int WINDOW = 100;

    final SettableClock clock = new SettableClock(Instant.parse("2030-01-01T00:00:00Z"));
    final InMemoryStore store = new InMemoryStore(UUID.randomUUID(), "test");
    final HandlerRegistry handlers = HandlerRegistry.of(Map.of("drain.timeout.seconds", 0), clock);
    final HostWorkers workers;
    final JobManager jobs;

    private final SettableAccess access = new SettableAccess();
    private final QueueEngine queue;
    private final Settings<SchedulerSettings> settings =
            new Settings<>(SchedulerSettings.PID, SchedulerSettings::read, LastGood.none());
    private final SchedulerEngine scheduler;
    private final Changes changes = new Changes();

    Engine() {
        Gates gates = new Gates();
        gates.add(handlers);
        queue = new QueueEngine(
                new Settings<>(QueueSettings.PID, QueueSettings::read, LastGood.none()),
                new LimitCatalogRegistry(access),
                gates,
                handlers,
                new QueueStore(store, store, store, store),
                clock,
                WINDOW);
        scheduler = new SchedulerEngine(
                new SchedulerEngine.Stores(store, store, store, store, store, store.bulks()),
                queue,
                handlers,
                new NoQuarantine(),
                access,
                settings::current,
                new SchedulerEngine.Environment(
                        clock,
                        () -> Duration.between(Instant.EPOCH, clock.instant()).toNanos(),
                        new LongestDelay(),
                        pause -> Runnable::run));
        workers = new HostWorkers(handlers, store, scheduler, queue, settings.current(), clock, changes::one);
        jobs = scheduler.of(Caller.administrator("test"));
        store.listen(queue);
        store.listen(scheduler);
        store.listen(workers.engine);
        store.listen(changes);
        scheduler.chores().recover();
    }

    /** The handler with its service properties; its schema is looked for on the class path of its class. */
    void handle(JobHandler handler, Map<String, Object> properties) {
        handlers.bind(handler, HandlerReference.of(handler, properties));
    }

    /** Starts what can start, and moves on what is due. */
    synchronized void turn() {
        try {
            boolean more = true;
            while (more) {
                Chores chores = scheduler.chores();
                more = chores.due() | chores.release() | chores.failUnknownTypes();
                List<Assignment> started = scheduler.claim(workers.engine::room, Duration.ZERO);
                workers.accept(started);
                more |= !started.isEmpty();
            }
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    /** Turns until it is so, or no handler runs and nothing is left to do at this instant. */
    void settle(BooleanSupplier so) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            long seen = changes.seen();
            turn();
            if (so.getAsBoolean() || workers.isIdle() && seen == changes.seen()) {
                return;
            }
            if (!changes.awaitAfter(seen, deadline)) {
                throw new IllegalStateException("a handler still runs after " + PATIENCE.toSeconds()
                        + " s: advance the clock beyond its timeout, cancel its job, or let it end");
            }
        }
    }

    /** Lets time pass; what runs has begun by then, so that its timeout counts all of it. */
    void advance(Duration by) {
        turn();
        awaitBegun();
        clock.advance(by);
        workers.engine.watch();
        queue.wake();
        turn();
    }

    void awaitBegun() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!workers.allBegun() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(100_000);
        }
    }

    static IllegalStateException interrupted() {
        Thread.currentThread().interrupt();
        return new IllegalStateException("the test was interrupted");
    }

    /** Counts what happens, for those who wait for more. */
    private static final class Changes implements CommitListener {

        private long count;

        synchronized void one() {
            count++;
            notifyAll();
        }

        synchronized long seen() {
            return count;
        }

        synchronized boolean awaitAfter(long seen, long deadline) {
            try {
                while (count == seen) {
                    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                    if (left <= 0) {
                        return false;
                    }
                    wait(left);
                }
                return true;
            } catch (InterruptedException e) {
                throw interrupted();
            }
        }

        @Override
        public void opened(StoreSnapshot snapshot) {
            one();
        }

        @Override
        public void committed(List<Committed> changes) {
            one();
        }
    }

    private static final class NoQuarantine implements BundleQuarantine {
        @Override
        public void hostBegan(Set<String> bundles) {
            // nobody is set aside
        }

        @Override
        public void release(String bundle) {
            throw new StateConflictException("bundle " + bundle + " is not set aside: a test host sets none aside");
        }
    }
}
