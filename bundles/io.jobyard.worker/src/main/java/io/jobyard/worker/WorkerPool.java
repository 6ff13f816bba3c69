// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.spi.Assignment;
import io.jobyard.api.spi.Committed;
import io.jobyard.api.spi.LiveRun;
import io.jobyard.api.spi.Outcome;
import io.jobyard.api.spi.RunMonitor;
import io.jobyard.api.spi.StoredJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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

    private static final Logger LOG = LoggerFactory.getLogger(WorkerPool.class);
    private static final String STOPPED = "the host stopped before it began";

    private final Supplier<WorkerSettings> settings;
    private final Function<Run, Outcome> executor;
    private final Harm harm;
    private final Prefetch prefetch;
    private final LongSupplier ticker;
    private final Supplier<ExitCalls> exits;

    private final SignallingLock lock = new SignallingLock();
    private final TrackedRuns runs = new TrackedRuns();
    private final WorkerThreads threads = new WorkerThreads(this::work);
    private final Outcomes outcomes;
    private boolean stopped;

    WorkerPool(
            Supplier<WorkerSettings> settings,
            Function<Run, Outcome> executor,
            Outcomes.Sink sink,
            Harm harm,
            Prefetch prefetch,
            LongSupplier ticker,
            Supplier<ExitCalls> exits) {
        this.settings = settings;
        this.executor = executor;
        this.outcomes = new Outcomes(sink, lock, runs);
        this.harm = harm;
        this.prefetch = prefetch;
        this.ticker = ticker;
        this.exits = exits;
    }

    /** Brings the threads to the number in force. */
    void resize() {
        lock.change(this::makeUpForStuck);
    }

    /** Lets fresh threads take over, each when the one before it is free. */
    void renew() {
        lock.change(threads::renew);
    }

    /** Takes runs that are durable; each gets an outcome, whatever happens. */
    void accept(List<Assignment> assignments) {
        List<Run> refused = new ArrayList<>();
        lock.change(() -> {
            assignments.forEach(assignment -> runs.arrived(new Run(assignment, ticker)));
            if (stopped) {
                refused.addAll(runs.takeWaiting());
            }
        });
        refused.forEach(run -> finish(run, new Outcome.GivenBack(STOPPED)));
    }

    /** Waits until at least one more run can be taken; how many. 0 once the pool is stopped or the time is over. */
    int awaitRoom(Duration patience) throws InterruptedException {
        lock.await(() -> stopped || room() > 0, patience);
        return lock.ask(() -> stopped ? 0 : room());
    }

    private int room() {
        return runs.room(threads.able(runs.stuck(), settings.get().threads()), prefetch, ticker.getAsLong());
    }

    List<Run> stuckRuns() {
        return lock.ask(runs::stuck);
    }

    Optional<LiveRun> run(JobId id) {
        return lock.ask(() -> Optional.ofNullable(runs.find(id))).map(Run::view);
    }

    RunMonitor.Workers workers() {
        return lock.ask(() -> new RunMonitor.Workers(
                settings.get().threads(), runs.active().size(), runs.stuck().size(), stopped));
    }

    /** Tells the runs to end whose cancel is stored, also those that are still on their way here. */
    void committed(List<Committed> changes) {
        List<StoredJob> cancelled = changes.stream()
                .map(Committed::after)
                .filter(job -> job.books().cancelRequested() && job.job().status() == JobStatus.RUNNING)
                .toList();
        if (!cancelled.isEmpty()) {
            lock.change(() -> cancelled.forEach(runs::cancel));
        }
    }

    /** Looks after the runs: tells overdue ones to end, gives up those that do not, returns what waits too long. */
    void watch() {
        lock.ask(() -> runs.late(ticker.getAsLong()))
                .forEach(run -> finish(run, new Outcome.GivenBack("claimed and not begun")));
        for (Run run : lock.ask(runs::active)) {
            outcomes.log(run);
            if (run.overdue(run.assignment.stored().job().terms().timeout().toNanos())) {
                run.end(Run.Ending.TIMEOUT);
            }
            if (run.ignoresEnding(settings.get().cancelGrace().toNanos())) {
                giveUp(run);
            }
        }
    }

    /**
     * Ends: what has not begun goes back, what runs is drained and then interrupted. Returns when all threads have ended, or
     * those that are left do not within the grace: what they hold goes back at the next start. A run whose handler ends the
     * process is charged at once; if another thread does, all runs are left as they are.
     */
    void stop() {
        List<Run> back = new ArrayList<>();
        lock.change(() -> {
            stopped = true;
            back.addAll(runs.takeWaiting());
        });
        back.forEach(run -> finish(run, new Outcome.GivenBack(STOPPED)));
        ExitCalls calls = exits.get();
        if (calls.areByOthers(lock.ask(runs::held).stream())) {
            leave(calls);
            return;
        }
        lock.ask(runs::active).forEach(run -> charge(run, calls));
        try {
            WorkerSettings now = settings.get();
            drain(now);
            long end = ticker.getAsLong() + now.cancelGrace().toNanos();
            for (Thread thread : lock.ask(() -> threads.without(runs.stuck()))) {
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - ticker.getAsLong())));
                if (thread.isAlive()) {
                    LOG.warn("{} does not end; what it holds goes back at the next start", thread.getName());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** As the end of the process without a word: the next start finds the runs and judges the loss. */
    private void leave(ExitCalls calls) {
        List<Run> running = lock.ask(runs::active);
        LOG.error(
                "The process ends by System.exit, called by {}; the {} runs count as lost with their host",
                calls,
                running.size());
        for (Run run : running) {
            run.decide(); // what it still comes to is dropped
            run.leaveAll();
        }
    }

    /** If its thread ends the process; whatever the others do, this run is not to be begun for ever. */
    private boolean charge(Run run, ExitCalls calls) {
        String caller = calls.by(run.thread());
        if (caller == null) {
            return false;
        }
        String error = "its run ended the host: " + caller + " called System.exit; throw an exception instead";
        if (outcomes.decide(run, new Outcome.Crashed(error))) {
            LOG.error("Job {} ({}) ends the process: {} called System.exit", run.id(), run.type(), caller);
            harm.ended(run.bundle().collect(Collectors.toSet()));
            keepThread(run);
        }
        return true;
    }

    private void drain(WorkerSettings now) throws InterruptedException {
        if (lock.await(runs::isIdle, now.drainTimeout())) {
            return;
        }
        lock.ask(runs::active).forEach(run -> run.end(Run.Ending.GIVE_BACK));
        if (!lock.await(runs::isIdle, now.cancelGrace())) {
            lock.ask(runs::active).forEach(this::giveUp); // the host's end takes their threads along
            lock.await(runs::isIdle, now.cancelGrace());
        }
    }

    private void work() {
        boolean more = true;
        while (more) {
            more = workOnce();
        }
    }

    /** In a method of its own, so that nothing of a run is on the stack of a thread that waits. */
    private boolean workOnce() {
        Run run = next();
        if (run == null) {
            return false;
        }
        long begun = ticker.getAsLong();
        prefetch.began(begun);
        finish(run, execute(run));
        prefetch.took(ticker.getAsLong() - begun); // all of it: also what its JSON, its outcome and other threads took
        return true;
    }

    private Outcome execute(Run run) {
        try {
            return executor.apply(run);
        } catch (Throwable e) { // the thread must live on, and the job must get an outcome
            LOG.error("The run of job {} broke off", run.id(), ErrorText.shown(e));
            return new Outcome.Failed("the run broke off: " + e.getClass().getName(), false, null);
        }
    }

    /** The next run for this thread; null if the thread is to end. */
    private @Nullable Run next() {
        Thread worker = Thread.currentThread();
        return lock.<Optional<Run>>awaitAndAsk(() -> isOver(worker) || runs.hasNext(), () -> {
                    if (isOver(worker)) {
                        threads.dismiss(worker);
                        makeUpForStuck();
                        return Optional.empty();
                    }
                    return Optional.of(runs.next(worker));
                })
                .orElse(null);
    }

    private boolean isOver(Thread worker) {
        return stopped || !threads.needs(worker, settings.get().threads());
    }

    private void finish(Run run, Outcome outcome) {
        outcomes.decide(run, outcome);
        lock.change(() -> {
            if (runs.left(run)) {
                makeUpForStuck();
            }
        });
    }

    private void giveUp(Run run) {
        Run.Ending ending = run.ending();
        if (ending == null || charge(run, exits.get()) || !outcomes.decide(run, JobExecutor.endedEarly(run, ending))) {
            return;
        }
        LOG.warn(
                "Job {} ({}) ignores its interrupt: its outcome is recorded, its thread {} is stuck",
                run.id(),
                run.type(),
                run.thread());
        keepThread(run);
        List<Run> stuck = stuckRuns();
        if (stuck.size() >= settings.get().threads()) {
            harm.stuck(stuck.stream().flatMap(Run::bundle).collect(Collectors.toSet()));
        }
    }

    private void keepThread(Run run) {
        run.leaveAll(); // whose end must not wait for this thread
        lock.change(() -> {
            if (runs.givenUp(run)) {
                makeUpForStuck();
            }
        });
    }

    private void makeUpForStuck() {
        int workers = settings.get().threads();
        if (!stopped) {
            threads.replace(runs.stuck(), workers);
            threads.fill(workers);
        }
    }
}
