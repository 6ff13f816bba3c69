// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.JobManager;
import io.jobyard.api.PauseTarget;
import io.jobyard.doubles.FakeBundleQuarantine;
import io.jobyard.doubles.FakeCommitListener;
import io.jobyard.doubles.FakeHandlerCatalog;
import io.jobyard.queue.Gates;
import io.jobyard.queue.LimitCatalogRegistry;
import io.jobyard.queue.QueueEngine;
import io.jobyard.queue.QueueSettings;
import io.jobyard.queue.QueueStore;
import io.jobyard.scheduler.MaintenanceTasks;
import io.jobyard.scheduler.SchedulerEngine;
import io.jobyard.scheduler.SchedulerSettings;
import io.jobyard.settings.api.LastGood;
import io.jobyard.settings.api.Settings;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.audit.AuditStore;
import io.jobyard.spi.bulk.BulkStore;
import io.jobyard.spi.cluster.HostStore;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.Slots;
import io.jobyard.spi.limits.LimitStore;
import io.jobyard.spi.queue.LaneView;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.running.Outcome;
import io.jobyard.spi.steps.WorkStore;
import io.jobyard.spi.store.JobStore;
import io.jobyard.testkit.SettableAccess;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The store, the lanes and the scheduler as the host has them, moved by hand in place of the host's own threads. */
final class HostFixture implements AutoCloseable {

    private final Store store;
    private final QueueEngine queue;
    private final SchedulerEngine scheduler;
    private final Clock clock;
    private final ExecutorService outcomes = Executors.newSingleThreadExecutor();

    private HostFixture(Store store, QueueEngine queue, Clock clock) {
        this.store = store;
        this.queue = queue;
        this.clock = clock;
        Settings<SchedulerSettings> settings =
                new Settings<>(SchedulerSettings.PID, SchedulerSettings::read, LastGood.none());
        scheduler = new SchedulerEngine(
                new SchedulerEngine.Stores(
                        store.service(JobStore.class),
                        store.service(WorkStore.class),
                        store.service(JobReads.class),
                        store.service(LimitStore.class),
                        store.service(AuditStore.class),
                        store.service(HostStore.class),
                        store.service(BulkStore.class)),
                queue,
                new FakeHandlerCatalog("work"),
                new FakeBundleQuarantine(),
                new SettableAccess(),
                settings::current,
                new SchedulerEngine.Environment(clock, System::nanoTime, new Random(), delay -> outcomes));
        scheduler.hosts(store.service(HostStore.class).hosts());
    }

    static HostFixture open(DatabaseFixture rig, Clock clock) throws SQLException, InterruptedException {
        Store store = rig.open(clock);
        try {
            QueueEngine queue = new QueueEngine(
                    new Settings<>(QueueSettings.PID, QueueSettings::read, LastGood.none()),
                    new LimitCatalogRegistry(new SettableAccess()),
                    new Gates(),
                    new FakeHandlerCatalog("work"),
                    new QueueStore(
                            store.service(JobStore.class),
                            store.service(JobReads.class),
                            store.service(LimitStore.class),
                            store.service(AuditStore.class)),
                    clock,
                    QueueEngine.WINDOW);
            CountDownLatch opened = new CountDownLatch(1);
            store.listen(queue);
            store.listen(FakeCommitListener.ofOpening(snapshot -> opened.countDown()));
            if (!opened.await(60, TimeUnit.SECONDS)) {
                throw new AssertionError("the listeners never began");
            }
            return new HostFixture(store, queue, clock);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    Store store() {
        return store;
    }

    JobManager manager() {
        return scheduler.of(Caller.administrator("ada"));
    }

    boolean recover() {
        return scheduler.chores().recover();
    }

    /** Releases, moves on by time, fails unknown types; true if there may be more. */
    boolean tidy() {
        store.service(JobReads.class).awaitListeners();
        MaintenanceTasks chores = scheduler.chores();
        return chores.release() | chores.due() | chores.failUnknownTypes();
    }

    List<Assignment> claim(int max) throws InterruptedException {
        store.service(JobReads.class).awaitListeners();
        return scheduler.claim(() -> new Slots(max, 0), Duration.ZERO);
    }

    /** Lets so many jobs start in the commits that admit them. Returns their runs, which arrive after the commits. */
    List<Assignment> startAdmitted(int room) throws InterruptedException {
        List<Assignment> runs = new CopyOnWriteArrayList<>();
        scheduler.startAdmitted(() -> new Slots(room - runs.size(), 0), runs::addAll);
        claim(0);
        return runs;
    }

    CompletableFuture<Boolean> finish(Assignment run, Outcome outcome) {
        return scheduler.finish(run, clock.instant(), outcome);
    }

    List<LaneView> lanes() {
        store.service(JobReads.class).awaitListeners();
        return queue.lanes().all();
    }

    boolean pause(String name) {
        manager().pause(PauseTarget.queue(name), "on purpose", null);
        return true;
    }

    boolean resume(String name) {
        manager().resume(PauseTarget.queue(name));
        return true;
    }

    @Override
    public void close() {
        scheduler.close();
        outcomes.shutdownNow();
        store.close();
    }
}
