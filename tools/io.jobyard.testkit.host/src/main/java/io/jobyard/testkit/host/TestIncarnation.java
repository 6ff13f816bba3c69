// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import io.jobyard.api.JobManager;
import io.jobyard.api.ScheduleManager;
import io.jobyard.api.StateConflictException;
import io.jobyard.api.handler.AsyncJobHandler;
import io.jobyard.api.handler.EstimatesJob;
import io.jobyard.api.handler.JobEstimator;
import io.jobyard.api.handler.JobHandler;
import io.jobyard.api.handler.JobInterceptor;
import io.jobyard.api.handler.PayloadMigrator;
import io.jobyard.api.handler.TypedAsyncJobHandler;
import io.jobyard.api.handler.TypedJobHandler;
import io.jobyard.queue.Gates;
import io.jobyard.queue.LimitCatalogRegistry;
import io.jobyard.queue.QueueEngine;
import io.jobyard.queue.QueueSettings;
import io.jobyard.queue.QueueStore;
import io.jobyard.scheduler.MaintenanceTasks;
import io.jobyard.scheduler.SchedulerEngine;
import io.jobyard.scheduler.SchedulerSettings;
import io.jobyard.schedules.ScheduleServices;
import io.jobyard.schedules.Schedules;
import io.jobyard.settings.api.LastGood;
import io.jobyard.settings.api.Settings;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.handlers.BundleQuarantine;
import io.jobyard.spi.handlers.RefusedHandler;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.steps.WorkStore;
import io.jobyard.testkit.InMemoryStore;
import io.jobyard.worker.HandlerRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Parts of a host in one incarnation. Handlers run on worker threads; everything else runs on the calling thread. */
final class TestIncarnation {

    private static final int WINDOW = 100;
    private static final Caller TESTER = Caller.administrator("test");

    final InMemoryStore store;
    final HostWorkers workers;
    final JobManager jobs;
    final HostLoss loss;
    final Schedules schedules;

    private final TestServices around;
    private final HandlerRegistry handlers;
    private final QueueEngine queue;
    private final SchedulerEngine scheduler;
    private final Settings<SchedulerSettings> settings =
            new Settings<>(SchedulerSettings.PID, SchedulerSettings::read, LastGood.none());
    private volatile @Nullable InMemoryStore next;

    TestIncarnation(InMemoryStore store, TestServices around, CommitListener changes) {
        this.store = store;
        this.around = around;
        loss = new HostLoss(around.commits(), around.notes(), store, this::end);
        handlers = HandlerRegistry.of(Map.of("drain.timeout.seconds", 0, "stream.flush.ms", 0), around.clock());
        JobInterceptor secrets = new TestSecrets(around.given());
        handlers.bind(secrets, HandlerReference.of(secrets, Map.of()));
        WorkStore work = loss.steps(store.work());
        queue = queue();
        scheduler = scheduler(work);
        workers = new HostWorkers(
                handlers,
                new HostWorkers.Stores(store, work),
                scheduler,
                queue,
                settings.current().sizes(),
                around,
                loss);
        jobs = scheduler.of(TESTER);
        schedules = Schedules.withoutFiles(
                new ScheduleServices(store.schedules(), store, scheduler.fires(), scheduler, around.clock()),
                around.access());
        Stream.<CommitListener>of(queue, scheduler, workers.engine, schedules, changes)
                .forEach(store::listen);
        while (scheduler.chores().recover()) {
            // repeat
        }
    }

    private QueueEngine queue() {
        Gates gates = new Gates();
        gates.add(handlers);
        return new QueueEngine(
                new Settings<>(QueueSettings.PID, QueueSettings::read, LastGood.none()),
                new LimitCatalogRegistry(around.access()),
                gates,
                handlers,
                new QueueStore(store, store, store, store),
                around.clock(),
                WINDOW);
    }

    private SchedulerEngine scheduler(WorkStore work) {
        return new SchedulerEngine(
                new SchedulerEngine.Stores(store, work, store, store, store, store, store.bulks()),
                queue,
                around.given().catalog(handlers),
                new NoQuarantine(),
                around.access(),
                settings::current,
                new SchedulerEngine.Environment(
                        around.clock(),
                        () -> Duration.between(Instant.EPOCH, around.clock().instant())
                                .toNanos(),
                        around.random(),
                        pause -> later()));
    }

    private Executor later() {
        return task -> {
            if (next != null) {
                throw new RejectedExecutionException("the host is lost");
            }
            task.run();
        };
    }

    /** Closes the store. The next incarnation finds its contents. */
    private void end() {
        next = store.restart(UUID.randomUUID(), store.host());
        around.changed().run();
    }

    /** Returns the store for the next incarnation; null during this one. */
    @Nullable
    InMemoryStore next() {
        return next;
    }

    /** Adds a handler with its service properties. Its schema is searched on its class path. */
    void handle(JobHandler handler, Map<String, Object> properties) {
        handlers.bind((JobHandler) watched(handler), HandlerReference.of(handler, properties));
    }

    /** Adds a handler with classes for its payload and its result. */
    void handleTyped(TypedJobHandler<?, ?> handler, Map<String, Object> properties) {
        handlers.bindTyped(
                (TypedJobHandler<?, ?>) watched(handler), handler.getClass(), HandlerReference.of(handler, properties));
    }

    /** Adds an asynchronous handler with classes for its payload and its result. */
    void handleTypedAsync(TypedAsyncJobHandler<?, ?> handler, Map<String, Object> properties) {
        handlers.bindTypedAsync(
                (TypedAsyncJobHandler<?, ?>) watched(handler),
                handler.getClass(),
                HandlerReference.of(handler, properties));
    }

    /** Returns why the registry refused a handler; empty for none. */
    Optional<String> refusal() {
        return handlers.refused().stream().map(RefusedHandler::reason).findFirst();
    }

    /** Returns the result schema of the newest handler of a type. */
    Optional<String> resultSchema(String type) {
        return handlers.resultSchema(type, null);
    }

    /** Adds a handler whose work continues without a thread. */
    void handleAsync(AsyncJobHandler handler, Map<String, Object> properties) {
        handlers.bind((AsyncJobHandler) watched(handler), HandlerReference.of(handler, properties));
    }

    private Object watched(Object handler) {
        return new WatchedHandler(around.notes(), around.moments(), loss).of(handler);
    }

    void migrate(PayloadMigrator migrator, Map<String, Object> properties) {
        handlers.migrators.bind(migrator, HandlerReference.of(migrator, properties));
    }

    void estimate(String type, JobEstimator estimator) {
        handlers.bind(estimator, HandlerReference.of(estimator, Map.of(EstimatesJob.TYPE, type)));
    }

    /** Starts jobs that can start, and processes due times. */
    void turn() throws InterruptedException {
        boolean more = true;
        while (more) {
            MaintenanceTasks chores = scheduler.chores();
            more = chores.due() | chores.release() | chores.failUnknownTypes();
            List<Assignment> started = scheduler.claim(workers.engine::room, Duration.ZERO);
            workers.accept(started);
            more |= !started.isEmpty();
            more |= isDue(schedules.turn());
        }
    }

    private boolean isDue(@Nullable Instant next) {
        return next != null && !next.isAfter(around.clock().instant());
    }

    /** Returns the time at which the next job or schedule is due; null if none is. */
    @Nullable
    Instant nextDue() {
        Instant job = store.nextDue().orElse(null);
        Instant schedule = schedules.turn();
        return job == null || schedule != null && schedule.isBefore(job) ? schedule : job;
    }

    ScheduleManager schedules() {
        return schedules.of(TESTER);
    }

    /** Checks times after the clock was moved. */
    void look() {
        workers.engine.watch();
        queue.claims().wake();
    }

    private static final class NoQuarantine implements BundleQuarantine {
        @Override
        public void hostBegan(Set<String> bundles) {
            // no handler is quarantined
        }

        @Override
        public void release(String bundle) {
            throw new StateConflictException("bundle " + bundle + " is not set aside: a test host sets none aside");
        }
    }
}
