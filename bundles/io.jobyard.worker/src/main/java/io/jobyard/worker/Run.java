// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.JobId;
import io.jobyard.api.Progress;
import io.jobyard.api.handler.EndReason;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.JobSummary;
import io.jobyard.spi.jobs.LiveRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One run of a worker. Exactly one outcome is decided. */
final class Run {

    final Assignment assignment;
    final RunThread begins;
    long bytes; // of its payload and result; guarded by the lock of the pool
    final long acceptedNanos;
    final UsedUnits used = new UsedUnits(this);
    final RunStream stream = new RunStream(this);
    final RunLines lines = new RunLines(this::raise);
    final SuspensionState suspension = new SuspensionState();

    final RunClock clock;
    private final Consumer<Run> raised;
    private @Nullable Thread thread;
    private volatile boolean inside;
    private @Nullable Thread inHandler;
    private @Nullable AsyncWork stage;
    private @Nullable Handler handler;
    private List<Interceptor> interceptors = List.of();
    private @Nullable EndReason ending;
    private @Nullable Progress progress;
    private Duration silence = Duration.ZERO;
    private boolean decided;

    /** @param raised receives the run when it begins, ends, is asked to end, or has written log lines */
    Run(Assignment assignment, RunThread begins, LongSupplier ticker, Consumer<Run> raised) {
        this.assignment = assignment;
        this.begins = begins;
        this.clock = new RunClock(ticker, assignment.stored().job().terms());
        this.raised = raised;
        this.acceptedNanos = ticker.getAsLong();
    }

    private void raise() {
        raised.accept(this);
    }

    /** Records the thread of the worker. The run has no thread once its work continues without one. */
    synchronized void on(Thread worker) {
        thread = worker;
    }

    synchronized @Nullable Thread thread() {
        return thread;
    }

    /** Records that the handler begins. Returns false if the run was asked to end before. */
    synchronized boolean begin(Instant now, Handler by, List<Interceptor> around) {
        handler = by;
        interceptors = around;
        if (ending != null) {
            return false;
        }
        Thread.interrupted(); // clears an interrupt from the time before this run
        clock.begin(now);
        inHandler = Thread.currentThread();
        inside = true;
        raise();
        return true;
    }

    /** Records that the handler has returned; no interrupt reaches the thread any more. */
    synchronized void leave() {
        inside = stage != null;
        leaveThread();
        raise();
    }

    private void leaveThread() {
        if (inHandler != null) {
            inHandler = null;
            Thread.interrupted(); // so that the next run does not see an interrupt of this run
        }
    }

    /** Records that the handler's work continues without the thread. */
    synchronized void goesOnWith(AsyncWork work) {
        stage = work;
        thread = null;
        leaveThread();
    }

    synchronized boolean goesOn() {
        return stage != null;
    }

    /** Records that work without a thread has ended, so the handler is done. */
    synchronized void complete() {
        stage = null;
        inside = false;
        raise();
    }

    /** Cancels work without a thread, if the run must end. Must not be called under a lock. */
    void cancelStage() {
        AsyncWork work;
        synchronized (this) {
            work = ending == null ? null : stage;
        }
        if (work != null) {
            work.cancel();
        }
    }

    /** Asks the run to end early. The first reason is kept. */
    synchronized void end(EndReason why) {
        if (ending == null) {
            ending = why;
            clock.ends();
            if (inHandler != null) {
                inHandler.interrupt();
            }
            raise();
        }
    }

    /** Returns true only to the first caller, which may then report the outcome. */
    synchronized boolean decide() {
        return !decided && (decided = true);
    }

    synchronized @Nullable EndReason ending() {
        return ending;
    }

    /** Returns the time of the request to end; null before, and if the run had not begun. */
    synchronized @Nullable Instant endingAt() {
        return ending == null ? null : clock.endingAt();
    }

    /** Notifies the handler and the interceptors that the run has left them. */
    void leaveAll() {
        Handler by = handler();
        if (by != null) {
            by.runs.exit(this);
        }
        interceptors().forEach(interceptor -> interceptor.runs().exit(this));
    }

    private synchronized List<Interceptor> interceptors() {
        return interceptors;
    }

    synchronized @Nullable Handler handler() {
        return handler;
    }

    /** Returns the symbolic name and version of the handler's bundle; empty before the handler begins. */
    Stream<String> bundle() {
        return Stream.ofNullable(handler()).map(by -> by.bundle);
    }

    /** Returns whether the run must be watched: its handler works, and its outcome is open. */
    synchronized boolean isWatched() {
        return inside && !decided;
    }

    /** Ends the run if its timeout or its job's deadline has passed. */
    synchronized void endIfLate() {
        EndReason late = inside ? clock.late() : null;
        if (late != null) {
            end(late);
        }
    }

    /** Ends the run if its handler has not called its context within the limit; zero means no limit. */
    synchronized void endIfSilentFor(Duration limit) {
        if (!limit.isZero() && inside && ending == null && clock.signs.areAwayFor(limit.toNanos())) {
            silence = limit;
            end(EndReason.HEARTBEAT);
        }
    }

    /**
     * Returns the time until the run can be late, silent for the limit, or over the grace period after the request to end, in nanoseconds;
     * negative if it has passed.
     */
    synchronized long nanosLeft(Duration limit, Duration grace) {
        return ending == null ? clock.nanosLeft(limit) : clock.graceLeft(grace);
    }

    /** Returns the longest allowed silence, if the run has ended because of it; otherwise null. */
    synchronized Duration silence() {
        return silence;
    }

    /** Returns the latest end of the run, which has begun. */
    synchronized Instant endsBy() {
        return clock.latestEnd().at();
    }

    synchronized boolean ignoresEnding(Duration grace) {
        return inside && ending != null && clock.graceLeft(grace) <= 0;
    }

    /** Returns whether the run began later. Called under the pool's lock, so it must not take the run's lock (deadlock). */
    boolean youngerThan(long nanos) {
        return !inside || clock.youngerThan(nanos);
    }

    /** Does work for a handler. Throws an exception once the handler is done, or its run was abandoned. */
    synchronized void during(String call, Runnable deed) {
        requireGoesOn(call);
        deed.run();
    }

    /** Does work for a handler and returns its result. Throws an exception once the handler is done, or its run was abandoned. */
    synchronized <T> T ask(String call, Supplier<T> question) {
        requireGoesOn(call);
        return question.get();
    }

    /** Returns whether the caller is the handler's own thread. */
    synchronized boolean isOnItsThread(String call) {
        requireGoesOn(call);
        return inHandler == Thread.currentThread();
    }

    private void requireGoesOn(String call) {
        clock.signs.give();
        if (!inside || decided) {
            throw new IllegalStateException(
                    call + " is not allowed: run " + number() + " of job " + id() + " has ended");
        }
    }

    /** Ends this run, because the job already belongs to another run. Returns the exception for the caller. */
    IllegalStateException lost(String what) {
        end(EndReason.LEASE_LOST);
        return new IllegalStateException(what + " is not stored: run " + number() + " of job " + id()
                + " no longer holds its job, which another run may execute; this run must end");
    }

    LastContextCall signs() {
        return clock.signs;
    }

    synchronized void progress(Progress latest) {
        progress = latest;
    }

    synchronized @Nullable Instant startedAt() {
        return clock.startedAt();
    }

    String type() {
        return assignment.stored().job().type();
    }

    JobId id() {
        return assignment.stored().id();
    }

    int level() {
        return assignment.stored().job().terms().routing().priority();
    }

    int number() {
        return assignment.stored().job().state().run().number();
    }

    /** Returns whether this is the latest run of the job; false for an earlier run, and for a run of an ended host with the same number. */
    boolean isLatestOf(JobSummary job) {
        return number() == job.run()
                && Objects.equals(assignment.stored().books().incarnation(), job.incarnation());
    }

    synchronized LiveRun view() {
        return new LiveRun(number(), clock.startedAt(), progress, clock.extendedTo(), whyItEnds());
    }

    private @Nullable String whyItEnds() {
        if (ending != null) {
            return EndText.of(ending, endingAt(), silence);
        }
        Instant leaves = handler == null ? null : handler.leavesAt();
        return leaves == null ? null : EndText.leaves("its handler's bundle", leaves);
    }
}
