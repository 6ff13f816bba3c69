// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.handler.EndReason;
import io.jobyard.spi.running.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the runs of a pool when the host stops, and abandons runs that ignore their interrupt: the outcome is recorded, the slot is free, and
 * the thread is left alone.
 */
final class RunSupervisor {

    private static final Logger LOG = LoggerFactory.getLogger(RunSupervisor.class);

    private final WorkerPool pool;
    private final Supplier<WorkerSettings> settings;
    private final Quarantine quarantine;
    private final LongSupplier ticker;
    private final Function<List<Run>, ExitCalls> exits;

    RunSupervisor(
            WorkerPool pool,
            Supplier<WorkerSettings> settings,
            Quarantine quarantine,
            LongSupplier ticker,
            Function<List<Run>, ExitCalls> exits) {
        this.pool = pool;
        this.settings = settings;
        this.quarantine = quarantine;
        this.ticker = ticker;
        this.exits = exits;
    }

    /**
     * Stops the runs: requeues runs that have not begun, drains the others, then interrupts them. Returns when all threads have ended, or
     * after the grace period; remaining runs are requeued at the next start. A run whose handler ends the process immediately counts as an
     * attempt. If another thread ends the process, all runs keep their state.
     */
    void stop() {
        pool.close();
        List<Run> held = new ArrayList<>(pool.activeRuns());
        held.addAll(pool.stuckRuns());
        ExitCalls calls = exits.apply(held);
        if (calls.areByOthers(held.stream())) {
            leave(calls);
            return;
        }
        pool.activeRuns().forEach(run -> charge(run, calls));
        try {
            drain(settings.get());
            joinThreads(settings.get().cancelGrace().toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void joinThreads(long graceNanos) throws InterruptedException {
        long end = ticker.getAsLong() + graceNanos;
        for (Thread thread : pool.threads()) {
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - ticker.getAsLong())));
            if (thread.isAlive()) {
                LOG.warn("{} did not end; its jobs are requeued at the next start", thread.getName());
            }
        }
    }

    /** Keeps the state of the runs, as a kill of the process would: the next start finds the runs and counts the loss. */
    private void leave(ExitCalls calls) {
        List<Run> running = pool.activeRuns();
        LOG.error("Process ending by System.exit, called by {}; {} runs are lost with the host", calls, running.size());
        for (Run run : running) {
            run.decide(); // later results are dropped
            run.leaveAll();
        }
    }

    /** Records the run as crashed if its thread ends the process, so that the job does not run again endlessly. Returns whether it did. */
    private boolean charge(Run run, ExitCalls calls) {
        String caller = calls.by(run.thread());
        if (caller == null) {
            return false;
        }
        String error = "its run stopped the host: " + caller + " called System.exit; throw an exception instead";
        if (pool.decide(run, new Outcome.Crashed(error))) {
            LOG.error("Job {} ({}) ends the process: {} called System.exit", run.id(), run.type(), caller);
            quarantine.ended(run.bundle()
                    .collect(Collectors.toSet())); // written while the end of the process still waits for this run
            pool.giveUp(List.of(run));
        }
        return true;
    }

    private void drain(WorkerSettings now) throws InterruptedException {
        if (pool.awaitIdle(now.drainTimeout())) {
            return;
        }
        for (Run run : pool.activeRuns()) {
            run.end(EndReason.GIVEN_BACK);
            run.cancelStage();
        }
        if (!pool.awaitIdle(now.cancelGrace())) {
            giveUp(pool.activeRuns()); // the end of the host also ends their threads
            pool.awaitIdle(now.cancelGrace());
        }
    }

    /** Records the outcomes of runs that ignore their interrupt, and abandons their threads. */
    void giveUp(List<Run> runs) {
        ExitCalls calls = exits.apply(runs);
        List<Run> ignoring = runs.stream()
                .filter(run -> !charge(run, calls) && decideEarly(run))
                .toList();
        pool.giveUp(ignoring);
        for (Run run : ignoring) {
            LOG.warn(
                    "Job {} ({}) ignored its interrupt; outcome recorded, {} abandoned",
                    run.id(),
                    run.type(),
                    run.thread() == null ? "stage" : run.thread());
        }
        List<Run> stuck = pool.stuckRuns();
        if (!ignoring.isEmpty() && stuck.size() >= settings.get().threads()) {
            quarantine.stuck(stuck.stream().flatMap(Run::bundle).collect(Collectors.toSet()));
        }
    }

    private boolean decideEarly(Run run) {
        EndReason ending = run.ending();
        return ending != null && pool.decide(run, RunOutcomes.early(run, ending));
    }
}
