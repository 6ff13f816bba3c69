// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.JobId;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.JobSummary;
import io.jobyard.spi.jobs.LiveRun;
import io.jobyard.spi.jobs.SlotKind;
import io.jobyard.spi.jobs.Slots;
import io.jobyard.spi.running.Outcome;
import io.jobyard.spi.running.RunMonitor;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Worker threads that execute runs, each with one outcome. The thread of an abandoned run counts as stuck and is replaced, at most as often
 * as there are workers. Safe for use by several threads. Has one lock, which is never held while a handler runs.
 */
final class WorkerPool {

    private static final String STOPPED = "the host stopped before it began";

    private final Supplier<WorkerSettings> settings;
    private final RunExecution execution;
    private final RunReporter reporter;
    private final Prefetch prefetch;
    private final LongSupplier ticker;
    private final SignallingLock lock = new SignallingLock();
    private final TrackedRuns runs = new TrackedRuns();
    private final SlotThreads threads;
    private final Function<Assignment, Run> newRun;
    private boolean stopped;
    private long lateResults;
    /** Whether this host also starts jobs on other hosts, regardless of its own room. */
    private volatile boolean startsElsewhere;

    private final Set<PoolHold> holds = EnumSet.noneOf(PoolHold.class);
    private final Runnable wake;

    WorkerPool(
            Supplier<WorkerSettings> settings,
            BiConsumer<Run, Consumer<Outcome>> executor,
            RunReporter reporter,
            WorkerTime time,
            Function<Assignment, Run> newRun,
            Runnable wake) {
        this.newRun = newRun;
        this.wake = wake;
        this.settings = settings;
        threads = new SlotThreads(settings, runs, this::work);
        this.reporter = reporter;
        prefetch = new Prefetch(time.prefetch());
        ticker = time.nanos();
        execution = new RunExecution(executor, prefetch, ticker);
    }

    /** Adjusts the number of threads to the configuration. */
    void resize() {
        change(this::makeUp);
    }

    /** Makes a change that may give room to a run. A claim may wait for a job of the other kind, so the queue looks again. */
    private void change(Runnable change) {
        lock.change(change);
        wake.run();
    }

    /** Replaces each thread with a new thread when it is free. */
    void renew() {
        lock.change(threads::renew);
    }

    /** Accepts durable runs. Each gets an outcome in any case. */
    void accept(List<Assignment> assignments) {
        List<Run> arrived = assignments.stream().map(newRun).toList();
        lock.change(() -> arrived.forEach(runs::arrived));
        if (lock.ask(() -> stopped)) {
            giveBackWaiting(STOPPED);
        }
    }

    /** Returns the number of further runs that can get a slot; none once the pool has stopped. */
    Slots room() {
        return lock.ask(() -> stopped ? Slots.NONE : roomNow());
    }

    /** Waits until a run can be accepted here, or assigned to another host. Returns false after the timeout. */
    boolean awaitClaim(Duration timeout) throws InterruptedException {
        return lock.await(() -> startsElsewhere || !stopped && roomNow().total() > 0, timeout);
    }

    /** Starts or ends a hold, during which the pool has no room for new runs. A run that is assigned anyway is still executed. */
    void hold(PoolHold why, boolean now) {
        change(() -> {
            if (now) {
                holds.add(why);
            } else {
                holds.remove(why);
            }
        });
    }

    /** Sets whether the queue also looks for room on other hosts, so it is not notified of this pool's free room only. */
    void startsElsewhere(boolean now) {
        lock.change(() -> startsElsewhere = now);
    }

    private Slots roomNow() {
        return holds.isEmpty() ? runs.room(threads.able(), prefetch, ticker.getAsLong()) : Slots.NONE;
    }

    /** Returns the maximum number of runs in the pool. */
    Slots size() {
        return lock.ask(() -> runs.size(threads.able(), prefetch, ticker.getAsLong()));
    }

    List<Run> stuckRuns() {
        return lock.ask(runs::stuck);
    }

    /** Returns the runs whose asynchronous handlers block the threads that began them. Replaces these threads. */
    List<Run> blockedRuns() {
        return lock.ask(() -> {
            List<Run> blocked = threads.blocked();
            if (!blocked.isEmpty()) {
                makeUp();
            }
            return blocked.stream().filter(runs::isActive).toList();
        });
    }

    Optional<LiveRun> run(JobId id) {
        return lock.ask(() -> Optional.ofNullable(runs.find(id))).map(Run::view);
    }

    RunMonitor.Workers workers() {
        return lock.ask(() -> new RunMonitor.Workers(
                new Slots(settings.get().threads(), settings.get().asyncJobs()),
                runs.busy(),
                runs.asyncBytes(),
                runs.stuck().size(),
                lateResults,
                stopped));
    }

    /** Ends runs whose cancel is stored, including runs that have not arrived yet. */
    void cancel(List<JobSummary> jobs) {
        lock.change(() -> jobs.forEach(runs::cancel));
    }

    /** Requeues runs that have waited too long for a slot. */
    void giveBackLate() {
        for (SlotKind kind : SlotKind.values()) {
            lock.ask(() -> runs.late(kind, threads.able(kind), ticker.getAsLong()))
                    .forEach(run -> finish(run, new Outcome.GivenBack("claimed and not begun")));
        }
    }

    /** Stops accepting runs, and requeues those that have not begun. */
    void close() {
        lock.change(() -> stopped = true);
        giveBackWaiting(STOPPED);
    }

    /** Requeues runs that have not begun, with this reason. */
    void giveBackWaiting(String why) {
        lock.ask(runs::takeWaiting).forEach(run -> finish(run, new Outcome.GivenBack(why)));
    }

    /** Returns the runs that have not ended, or whose end is not stored. */
    List<Run> heldRuns() {
        return lock.ask(runs::held);
    }

    /** Returns the active runs that were not abandoned. */
    List<Run> activeRuns() {
        return lock.ask(runs::active);
    }

    /** Returns the threads that are not stuck. */
    Set<Thread> threads() {
        return lock.ask(() -> threads.unstuck());
    }

    /** Waits until all outcomes are stored and no thread has a run, except stuck ones. Returns false after the timeout. */
    boolean awaitIdle(Duration timeout) throws InterruptedException {
        return lock.await(runs::isIdle, timeout);
    }

    private void work(SlotKind kind) {
        boolean more = true;
        while (more) {
            more = workOnce(kind);
        }
    }

    /** Executes one run. This is a separate method, so that a waiting thread keeps no reference to the last run on its stack. */
    private boolean workOnce(SlotKind kind) {
        Run run = next(kind);
        if (run == null) {
            return false;
        }
        execution.execute(run, outcome -> finish(run, outcome));
        if (kind == SlotKind.ASYNC) {
            begun(run);
        }
        return true;
    }

    /** Returns the next run for this thread; null if the thread must end. */
    private @Nullable Run next(SlotKind kind) {
        Thread worker = Thread.currentThread();
        BooleanSupplier isFinished = () -> stopped || threads.isFinished(kind, worker);
        BooleanSupplier hasNext = () -> runs.hasNext(kind, threads.able(kind));
        return lock.<Optional<Run>>awaitAndAsk(() -> isFinished.getAsBoolean() || hasNext.getAsBoolean(), () -> {
                    if (isFinished.getAsBoolean()) {
                        threads.dismiss(kind, worker);
                        makeUp();
                        return Optional.empty();
                    }
                    return Optional.of(runs.next(kind, worker));
                })
                .orElse(null);
    }

    /** Records that the thread that began an asynchronous run is free. */
    private void begun(Run run) {
        boolean canBeginAgain = lock.changeAndSignalIf(() -> {
            boolean isFull = threads.able(SlotKind.ASYNC) == 0;
            runs.begun(run);
            if (isFull) {
                makeUp();
            }
            return isFull;
        });
        if (canBeginAgain) {
            wake.run();
        }
    }

    private void finish(Run run, Outcome outcome) {
        boolean isLate = !decide(run, outcome);
        boolean wasFull = lock.ask(() -> {
            lateResults += isLate ? 1 : 0;
            boolean isFull = roomNow().of(run.begins.slots) == 0;
            if (runs.left(run)) {
                makeUp();
            }
            lock.changed();
            return isFull;
        });
        if (startsElsewhere || wasFull) { // as for other changes
            wake.run();
        }
    }

    /** Abandons the threads of decided runs. */
    void giveUp(List<Run> decided) {
        decided.forEach(Run::leaveAll); // first, because the end of the bundle must not wait for these threads
        change(() -> {
            decided.forEach(runs::givenUp);
            makeUp();
        });
    }

    /** Decides the outcome of a run. Returns false if the run already has an outcome; then the new outcome is dropped. */
    boolean decide(Run run, Outcome outcome) {
        if (!run.decide()) {
            return false;
        }
        lock.ask(() -> runs.outcomeSent(run, outcome)); // wakes nobody, because no thread becomes free
        reporter.finish(run, outcome).whenComplete((accepted, fault) -> {
            if (lock.changeAndSignalIf(() -> runs.outcomeStored(run))) {
                wake.run();
            }
        });
        return true;
    }

    private void makeUp() {
        if (!stopped) {
            threads.makeUp();
        }
    }
}
