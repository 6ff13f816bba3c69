// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.handler.EndReason;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the runs of a pool: stores their log lines, ends overdue and silent runs, cancels the work of runs that must end, gives up runs that
 * ignore this, and requeues runs that wait too long for a slot. A look at ten thousand runs to which nothing happened costs nothing.
 */
final class RunWatch {

    /** Time between two looks at an exclusive run that ignores its request to end, in nanoseconds. */
    private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final Logger LOG = LoggerFactory.getLogger(RunWatch.class);

    private final WorkerPool pool;
    private final RunAgenda agenda;
    private final Handlers handlers;
    private final Supplier<WorkerSettings> settings;
    private final RunReporter reporter;
    private final Consumer<List<Run>> giveUp;
    private final Runnable review;
    private WorkerSettings latest;

    RunWatch(
            WorkerPool pool,
            RunAgenda agenda,
            Handlers handlers,
            Supplier<WorkerSettings> settings,
            RunReporter reporter,
            Consumer<List<Run>> giveUp) {
        this.pool = pool;
        this.agenda = agenda;
        this.handlers = handlers;
        this.settings = settings;
        this.reporter = reporter;
        this.giveUp = giveUp;
        latest = settings.get();
        review = agenda::raiseAll; // the longest silence of a type may have changed
        handlers.onArrival(review);
    }

    void look() {
        pool.blockedRuns().forEach(RunWatch::warnOfBlock);
        pool.giveBackLate();
        if (!settings.get().equals(latest)) {
            latest = settings.get();
            agenda.raiseAll();
        }
        Duration grace = latest.cancelGrace();
        List<Run> watched = agenda.take().stream().filter(Run::isWatched).toList();
        try {
            look(watched, grace);
        } catch (RuntimeException | Error e) {
            watched.forEach(agenda::raise); // otherwise nobody would look at these runs again
            throw e;
        }
    }

    private void look(List<Run> watched, Duration grace) {
        watched.forEach(this::look);
        List<Run> ignoring = watched.stream()
                .filter(run -> run.ignoresEnding(grace) && !mayBeBegunAgain(run))
                .toList();
        if (!ignoring.isEmpty()) {
            giveUp.accept(ignoring);
        }
        watched.stream().filter(Run::isWatched).forEach(run -> plan(run, grace));
    }

    /** Ends the notices of changed handlers. */
    void close() {
        handlers.forget(review);
    }

    private void look(Run run) {
        reporter.log(run);
        run.endIfLate();
        run.endIfSilentFor(silence(run));
        run.cancelStage();
    }

    private void plan(Run run, Duration grace) {
        long left = run.nanosLeft(silence(run), grace);
        agenda.plan(run, left > 0 ? left : AGAIN_NANOS);
    }

    private Duration silence(Run run) {
        return handlers.heartbeat(Objects.requireNonNull(run.handler(), "a handler has begun"));
    }

    private static void warnOfBlock(Run run) {
        Handler handler = run.handler();
        if (handler != null && handler.blocks.compareAndSet(false, true)) {
            LOG.warn(
                    "Asynchronous handler {} blocks the threads that begin its runs; the host replaces each thread: job={} thread={}",
                    handler,
                    run.id(),
                    run.thread());
        }
    }

    /**
     * Returns whether an exclusive run has lost its lease. If it were requeued while its handler still runs, it would run twice at once. So
     * either its host ends, or the run continues after the lease is renewed.
     */
    private boolean mayBeBegunAgain(Run run) {
        return run.ending() == EndReason.LEASE_LOST && handlers.isExclusive(run);
    }
}
