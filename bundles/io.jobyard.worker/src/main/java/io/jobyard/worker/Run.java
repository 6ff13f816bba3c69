// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.JobId;
import io.jobyard.api.JobTerms;
import io.jobyard.api.Progress;
import io.jobyard.api.handler.EndReason;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.JobSummary;
import io.jobyard.spi.jobs.LiveRun;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One run of a worker. Its outcome is decided once. */
final class Run {

    /** Longer than any timeout, because a deadline may be thousands of years away. */
    private static final Duration LONGEST_RUN = Duration.ofDays(365);

    final Assignment assignment;
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

    Run(Assignment assignment, LongSupplier ticker) {
        this.assignment = assignment;
        this.ticker = ticker;
        this.acceptedNanos = ticker.getAsLong();
        this.signs = new LastContextCall(ticker);
    }

    /** Records the thread of the worker. The run has no thread later, if its work continues without one. */
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
        Thread.interrupted(); // by somebody, while the thread had nothing to do: it is not this run's
        startedAt = now;
        startedNanos = ticker.getAsLong();
        signs.give();
        inHandler = Thread.currentThread();
        inside = true;
        return true;
    }

    /** Records that the handler has returned: no interrupt reaches the thread any more. The handler is out, unless its work continues. */
    synchronized void leave() {
        inside = stage != null;
        leaveThread();
    }

    private void leaveThread() {
        if (inHandler != null) {
            inHandler = null;
            Thread.interrupted(); // ours, or one that the handler left behind: neither is the next run's
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

    /** Records that work without a thread is done: the handler is out. */
    synchronized void complete() {
        stage = null;
        inside = false;
    }

    /** Cancels work without a thread, if the run must end. Not for use under a lock. */
    void cancelStage() {
        AsyncWork work = stageToCancel();
        if (work != null) {
            work.cancel();
        }
    }

    private synchronized @Nullable AsyncWork stageToCancel() {
        return ending == null ? null : stage;
    }

    /** Asks the run to end early; the first reason stays. */
    synchronized void end(EndReason why) {
        if (ending == null) {
            ending = why;
            endingNanos = ticker.getAsLong();
            if (inHandler != null) {
                inHandler.interrupt();
            }
        }
    }

    /** Returns true once: for the caller that may report the outcome. */
    synchronized boolean decide() {
        boolean first = !decided;
        decided = true;
        return first;
    }

    synchronized @Nullable EndReason ending() {
        return ending;
    }

    /** Time of the request to end; null before, and if the run had not begun. */
    synchronized @Nullable Instant endingAt() {
        return ending == null || startedAt == null
                ? null
                : startedAt.plusNanos(endingNanos - startedNanos).truncatedTo(ChronoUnit.MICROS);
    }

    /** Releases the handler and the interceptors from waiting for the run. */
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

    /** Symbolic name and version of the handler's bundle; empty before the begin. */
    Stream<String> bundle() {
        Handler by = handler();
        return by == null ? Stream.empty() : Stream.of(by.bundle);
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

    /** Longest allowed silence, if the run has ended because of it. */
    synchronized Duration silence() {
        return silence;
    }

    /** Latest end, once the run has begun. */
    synchronized Instant endsBy() {
        JobTerms terms = assignment.stored().job().terms();
        Instant timeout = Objects.requireNonNull(startedAt, "a handler has begun")
                .plus(terms.runs().timeout());
        return terms.times().deadline() == null
                ? timeout
                : earlier(timeout, terms.times().deadline());
    }

    /** Uses the time since the handler's first line, so that a changed clock ends nothing too early. */
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

    /** Called under the pool's lock, so not under the run's: a run may hold its own while the store notifies the pool of another. */
    boolean youngerThan(long nanos) {
        return !inside || ticker.getAsLong() - startedNanos < nanos;
    }

    /** Does work for a handler; rejected once the handler is out, or its run was abandoned. */
    synchronized void during(String call, Runnable deed) {
        requireGoesOn(call);
        deed.run();
    }

    /** Does work for a handler with an answer, in the same way. */
    synchronized <T> T ask(String call, Supplier<T> question) {
        requireGoesOn(call);
        return question.get();
    }

    /** Whether the handler's own thread calls. */
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

    /** Returns the exception for a call when the job already belongs to another run, and ends this run. */
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

    /** Returns false for an earlier run, and for a run of an ended host with the same number. */
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
