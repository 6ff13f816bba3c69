// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.Progress;
import io.jobyard.spi.SizeLimits;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.LiveRun;
import io.jobyard.spi.jobs.Slots;
import io.jobyard.spi.queue.QueueManager;
import io.jobyard.spi.queue.RunLimits;
import io.jobyard.spi.running.JobScheduler;
import io.jobyard.spi.running.Outcome;
import io.jobyard.spi.steps.StoredStep;
import io.jobyard.spi.steps.WorkStore;
import io.jobyard.spi.store.JobStore;
import io.jobyard.spi.usage.UsageStore;
import io.jobyard.testkit.InMemoryStore;
import io.jobyard.worker.HandlerRegistry;
import io.jobyard.worker.WorkerEngine;
import io.jobyard.worker.WorkerStores;
import io.jobyard.worker.WorkerTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Workers of one incarnation of a test host. Time is that of the test's clock. */
final class HostWorkers {

    final WorkerEngine engine;
    /** By job and run, because a job's next run may begin before the last one has ended. */
    private final Set<BusyRun> busy = ConcurrentHashMap.newKeySet();

    private final TestServices around;
    private final HostLoss loss;

    private record BusyRun(JobId job, int run) {
        static BusyRun of(Assignment run) {
            return new BusyRun(run.stored().id(), run.stored().run());
        }
    }

    /**
     * Stores of the runs.
     *
     * @param all the whole store
     * @param work the store of steps and waits
     */
    record Stores(InMemoryStore all, WorkStore work) {}

    HostWorkers(
            HandlerRegistry handlers,
            Stores stores,
            JobScheduler scheduler,
            QueueManager queue,
            SizeLimits limits,
            TestServices around,
            HostLoss loss) {
        this.around = around;
        this.loss = loss;
        InMemoryStore store = stores.all();
        engine = new WorkerEngine(
                handlers,
                new WorkerStores(
                        loss.notes(JobStore.class, store),
                        store,
                        store,
                        store,
                        loss.notes(UsageStore.class, store.usage()),
                        stores.work(),
                        limits),
                new Finishing(scheduler),
                noting(queue),
                WorkerTime.of(around.clock()),
                "test");
    }

    void accept(List<Assignment> runs) {
        runs.forEach(run -> busy.add(BusyRun.of(run)));
        engine.accept(runs);
    }

    boolean isIdle() {
        return busy.isEmpty();
    }

    boolean isBusyWith(JobId id) {
        return busy.stream().anyMatch(run -> run.job().equals(id));
    }

    /** Returns whether each run has reached its handler's first line. */
    boolean allBegun() {
        return busy.stream()
                .allMatch(one -> engine.run(one.job())
                        .map(run -> run.startedAt() != null)
                        .orElse(true));
    }

    /** Returns the latest progress of the job, even after its run. */
    Optional<Progress> progress(JobId id) {
        return engine.run(id).map(LiveRun::progress).or(() -> around.notes().progress(id));
    }

    /** Wraps the queue. The notes record usage and remaining amounts, and the test decides which budgets are low. */
    private QueueManager noting(QueueManager queue) {
        RunLimits runs = noting(queue.runs());
        return ServiceCall.around(
                QueueManager.class, queue, call -> call.name().equals("runs") ? runs : call.proceed());
    }

    private RunLimits noting(RunLimits limits) {
        return ServiceCall.around(RunLimits.class, limits, call -> switch (call.name()) {
            case "used" -> {
                around.notes().used((JobId) call.argument(0), (String) call.argument(1), (Double) call.argument(2));
                yield call.proceed();
            }
            case "remaining" -> {
                TestJob.Remaining left = new TestJob.Remaining((Double) call.argument(2), (Instant) call.argument(3));
                around.notes().remaining((JobId) call.argument(0), (String) call.argument(1), left);
                yield call.proceed();
            }
            case "isBudgetLow" -> around.given().isBudgetLow((String) call.argument(1));
            default -> call.proceed();
        });
    }

    private final class Finishing implements JobScheduler {
        private final JobScheduler scheduler;

        Finishing(JobScheduler scheduler) {
            this.scheduler = scheduler;
        }

        @Override
        public List<Assignment> claim(Supplier<Slots> room, Duration timeout) throws InterruptedException {
            return scheduler.claim(room, timeout);
        }

        @Override
        public void startAdmitted(Supplier<Slots> room, Consumer<List<Assignment>> runs) {
            scheduler.startAdmitted(room, runs);
        }

        @Override
        public void requirePrivileged(Assignment run) {
            scheduler.requirePrivileged(run);
        }

        @Override
        public CompletableFuture<Boolean> note(Assignment run, String what) {
            return scheduler.note(run, what);
        }

        @Override
        public Optional<StoredStep> submit(Assignment run, StoredStep step, List<JobSpecification> jobs) {
            return scheduler.submit(run, step, jobs);
        }

        @Override
        public CompletableFuture<Boolean> finish(Assignment run, @Nullable Instant startedAt, Outcome outcome) {
            JobId id = run.stored().id();
            engine.run(id)
                    .map(LiveRun::progress)
                    .ifPresent(latest -> around.notes().progress(id, latest));
            return loss.end(run, outcome, () -> scheduler.finish(run, startedAt, outcome))
                    .whenComplete((accepted, fault) -> {
                        busy.remove(BusyRun.of(run));
                        around.changed().run();
                    });
        }
    }
}
