// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.JobId;
import io.jobyard.api.JobTerms;
import io.jobyard.api.Progress;
import io.jobyard.api.handler.EndReason;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.JobSummary;
import io.jobyard.spi.jobs.LiveRun;
import io.jobyard.spi.jobs.SlotKind;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One run of a worker. Exactly one outcome is decided. */
final class Run {

    /** Maximum duration of a run. It exceeds any timeout and limits deadlines, which may be thousands of years away. */
    private static final Duration LONGEST_RUN = Duration.ofDays(365);

    final Assignment assignment;
    final SlotKind slots;
    long bytes; // of its payload and result; guarded by the lock of the pool
    final long acceptedNanos;
    final LastContextCall signs;
    final UsedUnits used = new UsedUnits(this);
    final RunStream stream = new RunStream(this);
    final RunLines lines = new RunLines();
    final SuspensionState suspension = new SuspensionState();

    private final LongSupplier ticker;
    private @Nullable Thread thread;
    private volatile boolean inside;
    private @Nullable Thread inHandler;
    private @Nullable AsyncWork stage;
    private @Nullable Handler handler;
    private List<Interceptor> interceptors = List.of();
    private @Nullable EndReason ending;
    private long endingNanos;
    private volatile long startedNanos;
    private @Nullable Instant startedAt;
    private @Nullable Progress progress;
    private Duration silence = Duration.ZERO;
    private boolean decided;

    Run(Assignment assignment, SlotKind slots, LongSupplier ticker) {
        this.assignment = assignment;
        this.slots = slots;
        this.ticker = ticker;
        this.acceptedNanos = ticker.getAsLong();
        this.signs = new LastContextCall(ticker);
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
        startedAt = now;
        startedNanos = ticker.getAsLong();
        signs.give();
        inHandler = Thread.currentThread();
        inside = true;
        return true;
    }

    /** Records that the handler has returned; no interrupt reaches the thread any more. */
    synchronized void leave() {
        inside = stage != null;
        leaveThread();
    }

    private void leaveThread() {
        if (inHandler != null) {
            inHandler = null;
            Thread.interrupted(); // so that the next run does not see an interrupt of this one
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
    }

    /** Cancels work without a thread, if the run must end. Must not be called under a lock. */
    void cancelStage() {
        AsyncWork work = stageToCancel();
        if (work != null) {
            work.cancel();
        }
    }

    private synchronized @Nullable AsyncWork stageToCancel() {
        return ending == null ? null : stage;
    }

    /** Asks the run to end early. The first reason is kept. */
    synchronized void end(EndReason why) {
        if (ending == null) {
            ending = why;
            endingNanos = ticker.getAsLong();
            if (inHandler != null) {
                inHandler.interrupt();
            }
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
        return ending == null || startedAt == null
                ? null
                : startedAt.plusNanos(endingNanos - startedNanos).truncatedTo(ChronoUnit.MICROS);
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

    synchronized boolean overdue(long timeoutNanos) {
        return inside && ending == null && ticker.getAsLong() - startedNanos >= timeoutNanos;
    }

    /** Ends the run if its handler has not called its context within the limit; zero means no limit. */
    synchronized void endIfSilentFor(Duration limit) {
        if (!limit.isZero() && inside && ending == null && signs.areAwayFor(limit.toNanos())) {
            silence = limit;
            end(EndReason.HEARTBEAT);
        }
    }

    /** Returns the longest allowed silence, if the run has ended because of it; otherwise null. */
    synchronized Duration silence() {
        return silence;
    }

    /** Returns the latest end of the run; null before it begins. */
    synchronized Instant endsBy() {
        JobTerms terms = assignment.stored().job().terms();
        Instant timeout = Objects.requireNonNull(startedAt, "a handler has begun")
                .plus(terms.runs().timeout());
        return terms.times().deadline() == null
                ? timeout
                : earlier(timeout, terms.times().deadline());
    }

    /** Returns whether the deadline has passed, by the elapsed time, so that a changed clock ends no run too early. */
    synchronized boolean isPastDeadline() {
        Instant deadline = assignment.stored().job().terms().times().deadline();
        Instant begun = startedAt;
        return deadline != null
                && begun != null
                && overdue(Math.max(0, ChronoUnit.NANOS.between(begun, earlier(deadline, begun.plus(LONGEST_RUN)))));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    synchronized boolean ignoresEnding(long graceNanos) {
        return inside && ending != null && ticker.getAsLong() - endingNanos >= graceNanos;
    }

    /** Returns whether the run began later. Called under the pool's lock, so it must not take the run's lock (deadlock). */
    boolean youngerThan(long nanos) {
        return !inside || ticker.getAsLong() - startedNanos < nanos;
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
        signs.give();
        if (!inside || decided) {
            throw new IllegalStateException(
                    call + " is not allowed: run " + number() + " of job " + id() + " has ended");
        }
    }

    /** Ends this run, because the job already belongs to another one, and returns the exception for the caller. */
    IllegalStateException lost(String what) {
        end(EndReason.LEASE_LOST);
        return new IllegalStateException(what + " is not stored: run " + number() + " of job " + id()
                + " no longer holds its job, which another run may execute; this run must end");
    }

    synchronized void progress(Progress latest) {
        progress = latest;
    }

    synchronized @Nullable Instant startedAt() {
        return startedAt;
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
        return new LiveRun(number(), startedAt, progress, whyItEnds());
    }

    private @Nullable String whyItEnds() {
        if (ending != null) {
            return EndText.of(ending, endingAt(), silence);
        }
        Instant leaves = handler == null ? null : handler.leavesAt();
        return leaves == null ? null : EndText.leaves("its handler's bundle", leaves);
    }
}
