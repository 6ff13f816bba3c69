// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.JobId;
import io.jobyard.api.spi.Assignment;
import io.jobyard.api.spi.LiveRun;
import io.jobyard.api.spi.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets worker threads do the runs they are handed. A run that does not end when told to loses its place: its outcome is
 * recorded, its thread counts as stuck and another takes over, at most as often as there are workers. Safe for use by
 * several threads; one lock, never held while a handler runs.
 */
final class WorkerPool {

    /** Where runs tell what is to be stored; the outcome's future completes when it is. */
    interface Sink {
        CompletableFuture<Boolean> finish(Run run, Outcome outcome);

        /** Stores what the handler has written to its job's log. */
        void log(Run run);
    }

    private static final Logger LOG = LoggerFactory.getLogger(WorkerPool.class);

    private final Supplier<WorkerSettings> settings;
    private final Function<Run, Outcome> executor;
    private final Sink sink;
    private final Consumer<Set<String>> heldTypes;
    private final Pace pace;
    private final LongSupplier ticker;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final RunBook book = new RunBook();
    private final Crew crew = new Crew(this::work);
    private boolean stopped;

    WorkerPool(
            Supplier<WorkerSettings> settings,
            Function<Run, Outcome> executor,
            Sink sink,
            Consumer<Set<String>> heldTypes,
            Pace pace,
            LongSupplier ticker) {
        this.settings = settings;
        this.executor = executor;
        this.sink = sink;
        this.heldTypes = heldTypes;
        this.pace = pace;
        this.ticker = ticker;
    }

    /** Brings the threads to the number in force. */
    void resize() {
        locked(this::makeUpForStuck);
    }

    /** Takes runs that are durable; each gets an outcome, whatever happens. */
    void accept(List<Assignment> assignments) {
        List<Run> refused = new ArrayList<>();
        locked(() -> {
            assignments.forEach(assignment -> book.arrived(new Run(assignment, ticker)));
            if (stopped) {
                refused.addAll(book.takeWaiting());
            }
        });
        refused.forEach(run -> finish(run, new Outcome.GivenBack("the host stopped before it began")));
    }

    /** Waits until at least one more run can be taken; how many. 0 once the pool is stopped or the time is over. */
    int awaitRoom(Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = patience.toNanos();
            while (!stopped && room() == 0 && left > 0) {
                left = changed.awaitNanos(left);
            }
            return stopped ? 0 : room();
        } finally {
            lock.unlock();
        }
    }

    private int room() {
        return book.room(crew.able(book.stuck(), settings.get().threads()), pace);
    }

    List<Run> stuckRuns() {
        return asked(book::stuck);
    }

    Optional<LiveRun> run(JobId id) {
        return asked(() -> Optional.ofNullable(book.find(id))).map(Run::view);
    }

    /** Tells a run to end, because its job is to be cancelled. */
    void cancel(JobId id, int number) {
        locked(() -> book.cancel(id, number));
    }

    /** Looks after the runs: tells overdue ones to end, gives up those that do not, returns what waits too long. */
    void watch() {
        asked(() -> book.late(ticker.getAsLong()))
                .forEach(run -> finish(run, new Outcome.GivenBack("claimed and not begun")));
        for (Run run : asked(book::active)) {
            sink.log(run);
            if (run.overdue(run.assignment.stored().job().terms().timeout().toNanos())) {
                run.end(Run.Ending.TIMEOUT);
            }
            if (run.ignoresEnding(settings.get().cancelGrace().toNanos())) {
                giveUp(run);
            }
        }
    }

    /** Ends: what has not begun goes back, what runs is drained and then interrupted; returns when all have ended. */
    void stop() {
        List<Run> back = new ArrayList<>();
        locked(() -> {
            stopped = true;
            back.addAll(book.takeWaiting());
        });
        back.forEach(run -> finish(run, new Outcome.GivenBack("the host stopped before it began")));
        drain(settings.get());
        join();
    }

    private void drain(WorkerSettings now) {
        if (awaitIdle(now.drainTimeout())) {
            return;
        }
        List<Run> interrupted = asked(book::active);
        interrupted.forEach(run -> run.end(Run.Ending.GIVE_BACK));
        if (!awaitIdle(now.cancelGrace())) {
            asked(book::active).forEach(this::giveUp); // the host's end takes their threads along
            awaitIdle(now.cancelGrace());
        }
    }

    private void join() {
        try {
            for (Thread thread : asked(() -> crew.without(book.stuck()))) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean awaitIdle(Duration atMost) {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (!book.isIdle() && left > 0) {
                left = changed.awaitNanos(left);
            }
            return book.isIdle();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        for (Run run = next(); run != null; run = next()) {
            finish(run, execute(run));
        }
    }

    private Outcome execute(Run run) {
        try {
            return executor.apply(run);
        } catch (Throwable e) { // the thread must live on, and the job must get an outcome
            LOG.error("The run of job {} broke off", run.id(), e);
            return new Outcome.Failed("the run broke off: " + e.getClass().getName(), false, null);
        }
    }

    /** The next run for this thread; null if the thread is to end. */
    private @Nullable Run next() {
        Thread worker = Thread.currentThread();
        lock.lock();
        try {
            while (!stopped && crew.needs(worker, settings.get().threads())) {
                Run run = book.next(worker);
                if (run != null) {
                    return run;
                }
                changed.awaitUninterruptibly();
            }
            crew.dismiss(worker);
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void giveUp(Run run) {
        Run.Ending ending = run.ending();
        if (ending == null || !run.decide()) {
            return;
        }
        LOG.warn(
                "Job {} ({}) ignores its interrupt: its outcome is recorded, its thread {} is stuck",
                run.id(),
                run.type(),
                run.thread());
        store(run, JobExecutor.endedEarly(run, ending));
        locked(() -> {
            if (book.givenUp(run)) {
                makeUpForStuck();
            }
        });
    }

    /** Once as many threads are stuck as there are workers, their types take no more. */
    private void makeUpForStuck() {
        int workers = settings.get().threads();
        List<Run> stuck = book.stuck();
        if (!stopped) {
            crew.replace(stuck, workers);
            crew.fill(workers);
        }
        heldTypes.accept(
                stuck.size() < workers
                        ? Set.of()
                        : stuck.stream().map(Run::type).collect(Collectors.toSet()));
    }

    private void finish(Run run, Outcome outcome) {
        if (run.decide()) {
            store(run, outcome);
        }
        locked(() -> {
            if (book.left(run)) {
                makeUpForStuck();
            }
        });
    }

    private void store(Run run, Outcome outcome) {
        locked(book::outcomeSent);
        stored(run, outcome).whenComplete((accepted, fault) -> locked(() -> book.outcomeStored(run)));
    }

    private CompletableFuture<Boolean> stored(Run run, Outcome outcome) {
        try {
            return sink.finish(run, outcome);
        } catch (RuntimeException | Error e) {
            LOG.error("The outcome of job {} was not taken; it goes back at the next start", run.id(), e);
            return CompletableFuture.failedFuture(e);
        }
    }

    private <T> T asked(Supplier<T> question) {
        lock.lock();
        try {
            return question.get();
        } finally {
            lock.unlock();
        }
    }

    private void locked(Runnable work) {
        lock.lock();
        try {
            work.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
