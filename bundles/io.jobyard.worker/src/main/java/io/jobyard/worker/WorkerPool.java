// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.JobId;
import io.jobyard.api.spi.Assignment;
import io.jobyard.api.spi.LiveRun;
import io.jobyard.api.spi.Outcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
 * The worker threads and the runs they were handed. A run that does not end when told to loses its place: its outcome
 * is recorded, its thread counts as stuck and another takes over, at most as often as there are workers. Safe for use by
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
    private static final int MOST_OUTCOMES_IN_FLIGHT = 256;
    private static final long LONGEST_AHEAD_NANOS = 200_000_000;

    private final Supplier<WorkerSettings> settings;
    private final Function<Run, Outcome> executor;
    private final Sink sink;
    private final Consumer<Set<String>> heldTypes;
    private final Pace pace;
    private final LongSupplier ticker;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Run> waiting = new ArrayDeque<>();
    private final Map<JobId, Run> known = new HashMap<>();
    private final Map<JobId, Integer> cancelledAhead = new HashMap<>();
    private final Set<Run> active = new HashSet<>();
    private final Set<Run> stuck = new HashSet<>();
    private final Set<Thread> threads = new HashSet<>();
    private int named;
    private int outcomesInFlight;
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
        locked(this::fill);
    }

    /** Takes runs that are durable; each gets an outcome, whatever happens. */
    void accept(List<Assignment> assignments) {
        List<Run> refused = new ArrayList<>();
        locked(() -> {
            for (Assignment assignment : assignments) {
                Run run = new Run(assignment, ticker);
                known.put(run.id(), run);
                Integer cancelled = cancelledAhead.remove(run.id());
                if (cancelled != null && cancelled == run.number()) {
                    run.end(Run.Ending.CANCEL);
                }
                if (stopped) {
                    refused.add(run);
                } else {
                    waiting.add(run);
                }
            }
        });
        refused.forEach(run -> finish(run, new Outcome.GivenBack("the host stopped before it began")));
    }

    /** Waits until at least one more run can be taken; how many. 0 once the pool is stopped or the time is over. */
    int awaitRoom(Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = patience.toNanos();
            while (!stopped && room() <= 0 && left > 0) {
                left = changed.awaitNanos(left);
            }
            return stopped ? 0 : Math.max(0, room());
        } finally {
            lock.unlock();
        }
    }

    List<Run> stuckRuns() {
        lock.lock();
        try {
            return List.copyOf(stuck);
        } finally {
            lock.unlock();
        }
    }

    Optional<LiveRun> run(JobId id) {
        lock.lock();
        try {
            return Optional.ofNullable(known.get(id)).map(Run::view);
        } finally {
            lock.unlock();
        }
    }

    /** Tells a run to end, because its job is to be cancelled. */
    void cancel(JobId id, int number) {
        lock.lock();
        try {
            Run run = known.get(id);
            if (run == null) {
                cancelledAhead.put(id, number); // durable, and on its way to this pool
            } else if (run.number() == number) {
                run.end(Run.Ending.CANCEL);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Looks after the runs: tells overdue ones to end, gives up those that do not, returns what waits too long. */
    void watch() {
        List<Run> runs = new ArrayList<>();
        List<Run> late = new ArrayList<>();
        locked(() -> {
            runs.addAll(active);
            while (!waiting.isEmpty() && ticker.getAsLong() - waiting.peek().acceptedNanos > LONGEST_AHEAD_NANOS) {
                late.add(waiting.remove());
            }
        });
        late.forEach(run -> finish(run, new Outcome.GivenBack("claimed and not begun")));
        for (Run run : runs) {
            sink.log(run);
            if (run.overdue(run.assignment.stored().job().terms().timeout().toNanos())) {
                run.end(Run.Ending.TIMEOUT);
            }
            Run.Ending ending = run.ending();
            if (ending != null && run.ignoresEnding(settings.get().cancelGrace().toNanos())) {
                giveUp(run, ending);
            }
        }
    }

    /** Ends: what has not begun goes back, what runs is drained and then interrupted; returns when all have ended. */
    void stop() {
        List<Run> back = new ArrayList<>();
        locked(() -> {
            stopped = true;
            back.addAll(waiting);
            waiting.clear();
        });
        back.forEach(run -> finish(run, new Outcome.GivenBack("the host stopped before it began")));
        if (!drain(settings.get())) {
            LOG.warn("{} runs did not end when interrupted; they go back at the next start", active.size());
        }
        joinIdleThreads();
    }

    private boolean drain(WorkerSettings now) {
        if (awaitIdle(now.drainTimeout())) {
            return true;
        }
        locked(() -> active.forEach(run -> run.end(Run.Ending.GIVE_BACK)));
        return awaitIdle(now.cancelGrace());
    }

    private void joinIdleThreads() {
        Set<Thread> idle = new HashSet<>();
        locked(() -> {
            idle.addAll(threads);
            active.forEach(run -> idle.remove(run.thread()));
            stuck.forEach(run -> idle.remove(run.thread()));
        });
        try {
            for (Thread thread : idle) {
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
            while ((!active.isEmpty() || outcomesInFlight > 0) && left > 0) {
                left = changed.awaitNanos(left);
            }
            return active.isEmpty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private int room() {
        int workers = settings.get().threads();
        long young =
                active.stream().filter(run -> run.youngerThan(Pace.AHEAD_NANOS)).count();
        long held = stuck.stream().filter(run -> threads.contains(run.thread())).count();
        int free = workers - active.size() - (int) held;
        int room = free - waiting.size() + pace.ahead(Math.max(0, free) + young);
        return Math.min(room, MOST_OUTCOMES_IN_FLIGHT - outcomesInFlight);
    }

    private void fill() {
        while (!stopped && threads.size() < settings.get().threads()) {
            Thread thread = new Thread(this::work, "jobyard-worker-" + ++named);
            threads.add(thread);
            thread.start();
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
        lock.lock();
        try {
            while (true) {
                boolean surplus = threads.size() > settings.get().threads();
                if (stopped || surplus || !threads.contains(Thread.currentThread())) {
                    threads.remove(Thread.currentThread());
                    return null;
                }
                Run run = waiting.poll();
                if (run != null) {
                    active.add(run);
                    run.on(Thread.currentThread());
                    return run;
                }
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void leave(Run run) {
        locked(() -> {
            active.remove(run);
            if (stuck.remove(run)) {
                tellHeldTypes();
            }
        });
    }

    private void giveUp(Run run, Run.Ending ending) {
        if (!run.decide()) {
            return;
        }
        LOG.warn(
                "Job {} ({}) ignores its interrupt: its outcome is recorded, its thread {} is stuck",
                run.id(),
                run.assignment.stored().job().type(),
                run.thread());
        store(run, JobExecutor.endedEarly(run, ending));
        locked(() -> {
            if (!active.remove(run)) {
                return; // it has ended meanwhile
            }
            boolean replace = stuck.size() < settings.get().threads();
            stuck.add(run);
            if (replace) {
                threads.remove(run.thread());
                fill();
            }
            tellHeldTypes();
        });
    }

    /** Once as many threads are stuck as there are workers, their types take no more. */
    private void tellHeldTypes() {
        boolean bound = stuck.size() >= settings.get().threads();
        heldTypes.accept(bound ? stuck.stream().map(Run::type).collect(Collectors.toSet()) : Set.of());
    }

    private void finish(Run run, Outcome outcome) {
        if (run.decide()) {
            store(run, outcome);
        }
        leave(run);
    }

    private void store(Run run, Outcome outcome) {
        locked(() -> outcomesInFlight++);
        stored(run, outcome)
                .whenComplete((accepted, fault) -> locked(() -> {
                    outcomesInFlight--;
                    known.remove(run.id(), run);
                }));
    }

    private CompletableFuture<Boolean> stored(Run run, Outcome outcome) {
        try {
            return sink.finish(run, outcome);
        } catch (RuntimeException | Error e) {
            LOG.error("The outcome of job {} was not taken; it goes back at the next start", run.id(), e);
            return CompletableFuture.failedFuture(e);
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
