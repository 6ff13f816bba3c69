// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.JobId;
import io.jobyard.api.LogLine;
import io.jobyard.api.Progress;
import io.jobyard.api.spi.Assignment;
import io.jobyard.api.spi.JobStanding;
import io.jobyard.api.spi.LiveRun;
import io.jobyard.api.spi.scheduling.JobStore;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One run on its way through a worker. Its outcome is decided once. Safe for use by several threads. */
final class Run {

    /** Why a run is asked to end early. */
    enum Ending {
        TIMEOUT,
        DEADLINE,
        CANCEL,
        GIVE_BACK,
        LEASE;

        /** Whether the place where the handler was is worth keeping. */
        boolean interruptsWhereItIs() {
            return this == TIMEOUT || this == DEADLINE;
        }

        /** Whether a run that comes to its end all the same has made it. */
        boolean leavesOutcome() {
            return this == GIVE_BACK || this == LEASE;
        }
    }

    /** A handler that invents units would fill the store. */
    private static final int MAX_UNITS = 32;

    /** Beyond any timeout: a deadline may be in thousands of years. */
    private static final Duration LONGEST_RUN = Duration.ofDays(365);

    final Assignment assignment;
    final long acceptedNanos;

    private final LongSupplier ticker;
    private final Deque<LogLine> log = new ArrayDeque<>();
    private final Map<String, BigDecimal> uses = new TreeMap<>();
    private boolean usesChanged;
    private boolean usesOnTheirWay;
    private @Nullable String model;
    private @Nullable Thread thread;
    private @Nullable Thread inHandler;
    private @Nullable Handler handler;
    private List<Interceptor> interceptors = List.of();
    private @Nullable Ending ending;
    private long endingNanos;
    private long startedNanos;
    private @Nullable Instant startedAt;
    private @Nullable Progress progress;
    private boolean decided;

    Run(Assignment assignment, LongSupplier ticker) {
        this.assignment = assignment;
        this.ticker = ticker;
        this.acceptedNanos = ticker.getAsLong();
    }

    /** A worker's thread has it. */
    synchronized void on(Thread worker) {
        thread = worker;
    }

    synchronized @Nullable Thread thread() {
        return thread;
    }

    /** The handler's first line is next. False if the run was asked to end before. */
    synchronized boolean begin(Instant now, Handler by, List<Interceptor> around) {
        handler = by;
        interceptors = around;
        if (ending != null) {
            return false;
        }
        Thread.interrupted(); // by somebody, while the thread had nothing to do: it is not this run's
        startedAt = now;
        startedNanos = ticker.getAsLong();
        inHandler = Thread.currentThread();
        return true;
    }

    /** The handler is out: no interrupt reaches the thread any more. */
    synchronized void leave() {
        inHandler = null;
        Thread.interrupted(); // ours, or one that the handler left behind: neither is the next run's
    }

    /** Asks the run to end early; the first reason stays. */
    synchronized void end(Ending why) {
        if (ending == null) {
            ending = why;
            endingNanos = ticker.getAsLong();
            if (inHandler != null) {
                inHandler.interrupt();
            }
        }
    }

    /** True for the one who may tell the outcome. */
    synchronized boolean decide() {
        boolean first = !decided;
        decided = true;
        return first;
    }

    synchronized @Nullable Ending ending() {
        return ending;
    }

    /** When it was told to end; null before, and if it had not begun. */
    synchronized @Nullable Instant endingAt() {
        return ending == null || startedAt == null
                ? null
                : startedAt.plusNanos(endingNanos - startedNanos).truncatedTo(ChronoUnit.MICROS);
    }

    /** Neither the handler nor an interceptor need wait for the run any more. */
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

    /** Symbolic name and version of the handler's bundle; nothing before it has begun. */
    Stream<String> bundle() {
        Handler by = handler();
        return by == null ? Stream.empty() : Stream.of(by.bundle);
    }

    synchronized boolean overdue(long timeoutNanos) {
        return inHandler != null && ending == null && ticker.getAsLong() - startedNanos >= timeoutNanos;
    }

    /** By the time since the handler's first line, so that a clock that is set meanwhile cuts nothing early. */
    synchronized boolean isPastDeadline() {
        Instant deadline = assignment.stored().job().terms().deadline();
        Instant begun = startedAt;
        return deadline != null
                && begun != null
                && overdue(Math.max(0, ChronoUnit.NANOS.between(begun, earlier(deadline, begun.plus(LONGEST_RUN)))));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    synchronized boolean ignoresEnding(long graceNanos) {
        return inHandler != null && ending != null && ticker.getAsLong() - endingNanos >= graceNanos;
    }

    synchronized boolean youngerThan(long nanos) {
        return inHandler == null || ticker.getAsLong() - startedNanos < nanos;
    }

    /** Does what a handler asks for; refused once it is out, or its run was given up. */
    synchronized void during(String call, Runnable deed) {
        if (inHandler == null || decided) {
            throw new IllegalStateException(
                    call + " is refused: run " + number() + " of job " + id() + " is over, and its context with it");
        }
        deed.run();
    }

    synchronized void progress(Progress latest) {
        progress = latest;
    }

    /** Keeps a line until it is stored; the oldest go when too many come at once. */
    synchronized void log(LogLine line) {
        log.add(line);
        if (log.size() > JobStore.MAX_LOG_LINES) {
            log.remove();
        }
    }

    /** The lines since the last call. */
    synchronized List<LogLine> takeLog() {
        List<LogLine> lines = List.copyOf(log);
        log.clear();
        return lines;
    }

    /** Adds to what it has used of a unit. */
    synchronized void use(String unit, double amount, @Nullable String ofModel) {
        model = ofModel;
        if (uses.size() >= MAX_UNITS && !uses.containsKey(unit)) {
            throw new IllegalArgumentException("used(\"" + unit + "\", …): run " + number() + " of job " + id()
                    + " has used " + MAX_UNITS + " units; it may use no other");
        }
        uses.merge(unit, BigDecimal.valueOf(amount), BigDecimal::add);
        usesChanged = true;
    }

    /** All that it has used so far, if that is more than was taken before; nothing while that is on its way. */
    synchronized Map<String, BigDecimal> takeUses() {
        return usesOnTheirWay ? Map.of() : takeLastUses();
    }

    /** The same, whatever is on its way. */
    synchronized Map<String, BigDecimal> takeLastUses() {
        if (!usesChanged) {
            return Map.of();
        }
        usesChanged = false;
        usesOnTheirWay = true;
        return Map.copyOf(uses);
    }

    /** What was taken has arrived, or is lost and to be taken again. */
    synchronized void usesArrived(boolean stored) {
        usesOnTheirWay = false;
        usesChanged |= !stored;
    }

    /** Of which model it says that it uses something; null if it does not. */
    synchronized @Nullable String model() {
        return model;
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
        return assignment.stored().job().terms().priority();
    }

    int number() {
        return assignment.stored().job().state().run();
    }

    /** False for an earlier run, and for the one that an ended host had under the same number. */
    boolean isLatestOf(JobStanding job) {
        return number() == job.run()
                && Objects.equals(assignment.stored().books().incarnation(), job.incarnation());
    }

    synchronized LiveRun view() {
        return new LiveRun(number(), startedAt, progress, whyItEnds());
    }

    private @Nullable String whyItEnds() {
        if (ending == null) {
            Instant leaves = handler == null ? null : handler.leavesAt();
            return leaves == null ? null : leaves("its handler's bundle", leaves);
        }
        String why = switch (ending) {
            case TIMEOUT -> "it has reached its timeout";
            case DEADLINE -> "the deadline of its job has passed";
            case CANCEL -> "its job is to be cancelled";
            case GIVE_BACK -> "its handler's bundle or the host stops";
            case LEASE -> "the database has not renewed the lease of its host";
        };
        return "interrupted" + (endingAt() == null ? "" : " at " + endingAt()) + ": " + why;
    }

    /** What is told of a run that may end by itself until then. */
    static String leaves(String who, Instant at) {
        return who + " stops: the run has until " + at + " to end, then it is interrupted and its job is ready again";
    }
}
