// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import io.jobyard.api.JobId;
import io.jobyard.api.Progress;
import io.jobyard.api.spi.Assignment;
import io.jobyard.api.spi.JobScheduler;
import io.jobyard.api.spi.LiveRun;
import io.jobyard.api.spi.Outcome;
import io.jobyard.api.spi.QueueManager;
import io.jobyard.api.spi.SizeLimits;
import io.jobyard.testkit.InMemoryStore;
import io.jobyard.worker.HandlerRegistry;
import io.jobyard.worker.WorkerEngine;
import io.jobyard.worker.WorkerTime;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** The workers of the test host, and what a test asks of runs that are over. The time is that of the clock. */
final class HostWorkers {

    final WorkerEngine engine;
    private final Set<JobId> busy = ConcurrentHashMap.newKeySet();
    private final Map<JobId, Progress> progress = new ConcurrentHashMap<>();
    private final Map<JobId, Map<String, Double>> used = new ConcurrentHashMap<>();

    /** {@code changed} is told whenever a run is over. */
    HostWorkers(
            HandlerRegistry handlers,
            InMemoryStore store,
            JobScheduler scheduler,
            QueueManager queue,
            SizeLimits limits,
            Clock clock,
            Runnable changed) {
        engine = new WorkerEngine(
                handlers,
                new WorkerEngine.Stores(store, store, store, store, store),
                new Finishing(scheduler, changed),
                noting(queue),
                limits,
                WorkerTime.of(clock),
                "test");
    }

    void accept(List<Assignment> runs) {
        runs.forEach(run -> busy.add(run.stored().id()));
        engine.accept(runs);
    }

    boolean isIdle() {
        return busy.isEmpty();
    }

    /** Whether each run has reached its handler's first line. */
    boolean allBegun() {
        return busy.stream()
                .allMatch(
                        id -> engine.run(id).map(run -> run.startedAt() != null).orElse(true));
    }

    /** The latest of the job, also after its run. */
    Optional<Progress> progress(JobId id) {
        return engine.run(id).map(LiveRun::progress).or(() -> Optional.ofNullable(progress.get(id)));
    }

    double used(JobId id, String unit) {
        return used.getOrDefault(id, Map.of()).getOrDefault(unit, 0.0);
    }

    /** The same queue, but that this hears what runs use. */
    private QueueManager noting(QueueManager queue) {
        return (QueueManager) Proxy.newProxyInstance(
                HostWorkers.class.getClassLoader(), new Class<?>[] {QueueManager.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("used")) {
                        used.computeIfAbsent((JobId) arguments[0], any -> new ConcurrentHashMap<>())
                                .merge((String) arguments[1], (Double) arguments[2], Double::sum);
                    }
                    try {
                        return method.invoke(queue, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private final class Finishing implements JobScheduler {

        private final JobScheduler scheduler;
        private final Runnable changed;

        Finishing(JobScheduler scheduler, Runnable changed) {
            this.scheduler = scheduler;
            this.changed = changed;
        }

        @Override
        public List<Assignment> claim(IntSupplier room, Duration patience) throws InterruptedException {
            return scheduler.claim(room, patience);
        }

        @Override
        public CompletableFuture<Boolean> note(Assignment run, String what) {
            return scheduler.note(run, what);
        }

        @Override
        public CompletableFuture<Boolean> finish(Assignment run, @Nullable Instant startedAt, Outcome outcome) {
            JobId id = run.stored().id();
            engine.run(id).map(LiveRun::progress).ifPresent(latest -> progress.put(id, latest));
            return scheduler.finish(run, startedAt, outcome).whenComplete((accepted, fault) -> {
                busy.remove(id);
                changed.run();
            });
        }
    }
}
