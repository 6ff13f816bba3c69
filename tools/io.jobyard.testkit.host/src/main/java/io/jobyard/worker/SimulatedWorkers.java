// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.JobId;
import io.jobyard.api.Progress;
import io.jobyard.api.spi.Assignment;
import io.jobyard.api.spi.CommitListener;
import io.jobyard.api.spi.Committed;
import io.jobyard.api.spi.JobRepository;
import io.jobyard.api.spi.JobScheduler;
import io.jobyard.api.spi.LiveRun;
import io.jobyard.api.spi.Outcome;
import io.jobyard.api.spi.QueueManager;
import io.jobyard.api.spi.RunMonitor;
import io.jobyard.api.spi.SizeLimits;
import io.jobyard.api.spi.StoreSnapshot;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The door to the workers, which no other bundle sees: real threads, but the time is that of the clock. */
public final class SimulatedWorkers implements RunMonitor, CommitListener {

    private final WorkerPool pool;
    private final Runnable changed;
    private final Set<JobId> busy = ConcurrentHashMap.newKeySet();
    private final Map<JobId, Progress> progress = new ConcurrentHashMap<>();
    private final Map<JobId, Map<String, Double>> used = new ConcurrentHashMap<>();

    /** {@code changed} is told whenever a run is over. */
    public SimulatedWorkers(
            SimulatedHandlers handlers,
            JobRepository repository,
            JobScheduler scheduler,
            QueueManager queue,
            SizeLimits limits,
            Clock clock,
            Runnable changed) {
        this.changed = changed;
        JobExecutor executor =
                new JobExecutor(handlers.registry().all(), List::of, repository, noted(Usage.of(queue)), limits, clock);
        pool = new WorkerPool(
                handlers.settings::current,
                executor::execute,
                new Noted(new StoreSink(repository, scheduler)),
                handlers.quarantine,
                new Prefetch(Duration.ZERO),
                () -> Duration.between(Instant.EPOCH, clock.instant()).toNanos(),
                ExitCalls::now);
        pool.resize();
    }

    /** How many runs find a thread at once. */
    public int room() throws InterruptedException {
        return pool.awaitRoom(Duration.ZERO);
    }

    public void accept(List<Assignment> runs) {
        runs.forEach(run -> busy.add(run.stored().id()));
        pool.accept(runs);
    }

    public boolean isIdle() {
        return busy.isEmpty();
    }

    /** Whether each run has reached its handler's first line. */
    public boolean allBegun() {
        return busy.stream()
                .allMatch(id -> run(id).map(run -> run.startedAt() != null).orElse(true));
    }

    /** Ends the runs whose time is over. */
    public void watch() {
        pool.watch();
    }

    public void stop() {
        pool.stop();
    }

    /** The latest of the job, also after its run. */
    public Optional<Progress> progress(JobId id) {
        return run(id).map(LiveRun::progress).or(() -> Optional.ofNullable(progress.get(id)));
    }

    public double used(JobId id, String unit) {
        return used.getOrDefault(id, Map.of()).getOrDefault(unit, 0.0);
    }

    @Override
    public Optional<LiveRun> run(JobId id) {
        return pool.run(id);
    }

    @Override
    public void opened(StoreSnapshot snapshot) {
        // no run has come
    }

    @Override
    public void committed(List<Committed> changes) {
        pool.committed(changes);
    }

    private Usage noted(Usage queue) {
        return new Usage() {
            @Override
            public void begun(JobId id) {
                queue.begun(id);
            }

            @Override
            public void used(JobId id, String unit, double amount) {
                used.computeIfAbsent(id, any -> new ConcurrentHashMap<>()).merge(unit, amount, Double::sum);
                queue.used(id, unit, amount);
            }
        };
    }

    private final class Noted implements Outcomes.Sink {

        private final Outcomes.Sink sink;

        Noted(Outcomes.Sink sink) {
            this.sink = sink;
        }

        @Override
        public CompletableFuture<Boolean> finish(Run run, Outcome outcome) {
            Progress latest = run.view().progress();
            if (latest != null) {
                progress.put(run.id(), latest);
            }
            return sink.finish(run, outcome).whenComplete((accepted, fault) -> {
                busy.remove(run.id());
                changed.run();
            });
        }

        @Override
        public void log(Run run) {
            sink.log(run);
        }
    }
}
