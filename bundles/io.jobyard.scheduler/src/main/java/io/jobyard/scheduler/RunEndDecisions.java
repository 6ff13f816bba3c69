// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.JobTerms;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.limits.Unit;
import io.jobyard.spi.running.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides the effect of a run's end on its job. It only reads the job and the clock. */
final class RunEndDecisions {

    private static final Duration LONGEST_DELAY = Duration.ofDays(36_500);

    private static final String TRIED = "; failed on the canary's version, and goes to another one";

    private static final String GONE =
            "; the canary that ran it was quarantined, rolled back, replaced or deleted: it goes to another version";

    private final Clock clock;
    private final RetryDelay retryDelay;

    RunEndDecisions(Clock clock, RetryDelay retryDelay) {
        this.clock = clock;
        this.retryDelay = retryDelay;
    }

    /**
     * Decides by the result of a run. A failure on a canary is never the final failure. If the canary has ended, the failure does not
     * count.
     */
    Move end(StoredJob job, @Nullable Instant startedAt, Outcome outcome, CanaryRun canary) {
        String fault = job.books().cancelRequested() ? null : fault(outcome);
        if (canary == CanaryRun.GONE && fault != null) {
            return decide(job, LifeCycle.LEFT_CANARY)
                    .ran(startedAt)
                    .leavesCanary()
                    .attemptGivenBack()
                    .because(fault + GONE)
                    .dueAt(job.job().terms().times().expiry())
                    .move();
        } else if (canary == CanaryRun.TRIED && fault != null && !(outcome instanceof Outcome.GivenBack)) {
            Duration retryAfter = outcome instanceof Outcome.Failed failed ? failed.retryAfter() : null;
            return retrying(job, startedAt, fault + TRIED, retryAfter)
                    .leavesCanary()
                    .move();
        }
        return end(job, startedAt, outcome);
    }

    /** Returns the error of a run that did not complete; null if it has no error. */
    static @Nullable String fault(Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            return failed.error();
        } else if (outcome instanceof Outcome.TimedOut timedOut) {
            return error(timedOut);
        } else if (outcome instanceof Outcome.Crashed crashed) {
            return crashed.error();
        }
        return outcome instanceof Outcome.GivenBack back ? back.why() : null;
    }

    Move end(StoredJob job, @Nullable Instant startedAt, Outcome outcome) {
        if (job.books().cancelRequested() || outcome instanceof Outcome.Cancelled) {
            return decide(job, LifeCycle.CANCELLED_RUNNING).ran(startedAt).move();
        } else if (outcome instanceof Outcome.Completed completed) {
            return decide(job, LifeCycle.HANDLER_RETURNED)
                    .ran(startedAt)
                    .result(completed.result())
                    .move();
        } else if (outcome instanceof Outcome.Failed failed) {
            return failed.permanent()
                    ? decide(job, LifeCycle.FAILED_ERROR)
                            .ran(startedAt)
                            .error(failed.error())
                            .move()
                    : failed(job, startedAt, LifeCycle.FAILED_ERROR, failed.error(), failed.retryAfter());
        } else if (outcome instanceof Outcome.TimedOut timedOut) {
            return failed(job, startedAt, LifeCycle.FAILED_TIMEOUT, error(timedOut), null);
        } else if (outcome instanceof Outcome.PastDeadline) {
            String error = "its deadline " + job.job().terms().times().deadline() + " passed during run "
                    + job.job().state().run().number();
            return decide(job, LifeCycle.PAST_DEADLINE)
                    .ran(startedAt)
                    .error(error)
                    .move();
        } else if (outcome instanceof Outcome.Crashed crashed) {
            return failed(job, startedAt, LifeCycle.CRASHED, crashed.error(), null);
        } else {
            return withoutAttempt(job, startedAt, outcome);
        }
    }

    /** Records an event of a run that continues. */
    Move noted(StoredJob job, String what) {
        return decide(job, LifeCycle.MIGRATED).goesOn().because(what).move();
    }

    /** Returns the time at which the limits that a handler exceeded open again. */
    Instant opensAt(Outcome.RateLimited limited) {
        return clock.instant().plus(bounded(limited.retryAfter()));
    }

    private Move withoutAttempt(StoredJob job, @Nullable Instant startedAt, Outcome outcome) {
        if (outcome instanceof Outcome.RateLimited limited) {
            return decide(job, LifeCycle.RATE_LIMITED)
                    .ran(startedAt)
                    .attemptGivenBack()
                    .error(limited.error())
                    .waitsFor(bounded(limited.retryAfter()), "comes back at", limited.error())
                    .move();
        } else if (outcome instanceof Outcome.Slept slept) {
            return decide(job, LifeCycle.SLEPT)
                    .ran(startedAt)
                    .attemptGivenBack()
                    .leavesVersion(slept.moves())
                    .waitsFor(bounded(slept.delay()), "sleeps until", slept.why())
                    .move();
        } else if (outcome instanceof Outcome.Progressed progressed) {
            return decide(job, LifeCycle.PROGRESSED)
                    .ran(startedAt)
                    .attemptGivenBack()
                    .error(progressed.why())
                    .placed(Placement.READY)
                    .move();
        }
        if (outcome instanceof Outcome.AwaitsLimits awaits) {
            return awaitsLimits(job, startedAt, awaits);
        }
        return decide(job, LifeCycle.GIVEN_BACK)
                .ran(startedAt)
                .attemptGivenBack()
                .because(((Outcome.GivenBack) outcome).why())
                .dueAt(job.job().terms().times().expiry())
                .move();
    }

    /** Keeps the job's position in its lane, because it has already had its turn. */
    private Move awaitsLimits(StoredJob job, @Nullable Instant startedAt, Outcome.AwaitsLimits awaits) {
        JobTerms terms = job.job().terms();
        Map<String, Double> uses = new LinkedHashMap<>(awaits.estimate());
        terms.demand().estimate().entrySet().stream()
                .filter(unit -> uses.size() < LimitChecks.MOST || unit.getKey().startsWith(Unit.SLOTS))
                .forEach(unit -> uses.putIfAbsent(unit.getKey(), unit.getValue()));
        return decide(job, LifeCycle.AWAITS_LIMITS)
                .ran(startedAt)
                .attemptGivenBack()
                .because(awaits.why())
                .terms(terms.using(terms.demand().limits(), uses))
                .dueAt(terms.times().expiry())
                .move();
    }

    private Move failed(
            StoredJob job, @Nullable Instant startedAt, LifeCycle last, String error, @Nullable Duration retryAfter) {
        if (job.isLastAttempt()) {
            return decide(job, last).ran(startedAt).error(error).move();
        }
        return retrying(job, startedAt, error, retryAfter).move();
    }

    private static String error(Outcome.TimedOut timedOut) {
        String limit = TermsChecks.seconds(timedOut.limit()) + " s";
        if (timedOut.silent()) {
            return "no sign of life for " + limit + ": its handler is to call heartbeat() of its context more often, or"
                    + " heartbeat.seconds of its type is to be larger";
        }
        return "timed out after " + limit
                + (timedOut.storedStep()
                        ? " and stored new steps, but as many such runs as progress.retries allows did not count before:"
                                + " raise the timeout or progress.retries of its type"
                        : "");
    }

    private MoveBuilder retrying(
            StoredJob job, @Nullable Instant startedAt, String error, @Nullable Duration retryAfter) {
        Duration delay = retryAfter != null
                ? bounded(retryAfter)
                : retryDelay.after(job.job().type(), job.job().state().run().attempt());
        return decide(job, LifeCycle.RETRY).ran(startedAt).error(error).waitsFor(delay, "next attempt at", error);
    }

    private MoveBuilder decide(StoredJob job, LifeCycle move) {
        return new MoveBuilder(job, move, MoveBuilder.now(job, clock));
    }

    /** Limits a delay that a handler requests to a value that the store accepts. */
    private static Duration bounded(Duration asked) {
        if (asked.isNegative()) {
            return Duration.ZERO;
        }
        return asked.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : asked.truncatedTo(ChronoUnit.MICROS);
    }
}
