// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.Job;
import io.jobyard.api.JobState;
import io.jobyard.api.StoreException;
import io.jobyard.api.handler.EndReason;
import io.jobyard.api.handler.PermanentException;
import io.jobyard.api.handler.RateLimitedException;
import io.jobyard.api.handler.RetryableException;
import io.jobyard.api.handler.RunSuspended;
import io.jobyard.api.handler.SleepException;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.running.Outcome;
import io.jobyard.spi.steps.StoredStep;
import io.jobyard.spi.text.VisibleText;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Determines the outcome of a run, from the handler's result or exception and from the reason to end. */
final class RunOutcomes {

    private static final Logger LOG = LoggerFactory.getLogger(RunOutcomes.class);

    /** Reasons for which the handler's own outcome counts if it ends in time, for example a drain. */
    private static final Set<EndReason> LEAVE_THE_OUTCOME = EnumSet.of(EndReason.GIVEN_BACK, EndReason.LEASE_LOST);

    /** Reasons for which the outcome contains the handler's stack, which shows how the time was spent. */
    private static final Set<EndReason> TELL_WHERE =
            EnumSet.of(EndReason.TIMEOUT, EndReason.DEADLINE, EndReason.HEARTBEAT);

    private static final int MOST_DOUBLINGS = 5;

    private RunOutcomes() {}

    /** Returns the outcome of a handler that returned the result. */
    static Outcome returned(
            Run run, Handler handler, RunContext context, @Nullable Map<String, Object> answer, int maxBytes) {
        String end = run.suspension.suspendedAt();
        if (end != null) {
            return failed(run, context, wentOn(end, null));
        }
        String result = handler.results.result(answer, context.texts.redaction(), maxBytes);
        EndReason ending = run.ending();
        return ending == null || counts(ending) ? new Outcome.Completed(result) : early(run, ending);
    }

    /** Returns the outcome of a handler that threw the exception, or whose result is invalid. */
    static Outcome thrown(Run run, RunContext context, Throwable e) {
        String end = run.suspension.suspendedAt();
        Throwable thrown = ErrorText.readable(e);
        return failed(run, context, end == null || e instanceof RunSuspended ? thrown : wentOn(end, thrown));
    }

    private static Outcome failed(Run run, RunContext context, Throwable e) {
        EndReason ending = run.ending();
        boolean counts = counts(ending);
        StoredStep waits = run.suspension.waits();
        if (counts && waits != null && e instanceof RunSuspended) {
            return new Outcome.WaitsFor(waits);
        } else if (counts && run.suspension.awaitsLimits() != null && e instanceof RunSuspended) {
            return run.suspension.awaitsLimits();
        } else if (counts && e instanceof SleepException sleep) {
            boolean moves = e instanceof OtherVersionException;
            return new Outcome.Slept(sleep.delay(), ErrorText.message(e, context.texts::line), moves);
        } else if (counts && e instanceof RateLimitedException limited) {
            return new Outcome.RateLimited(limited.retryAfter(), ErrorText.text(e, context.texts::line));
        } else if (counts && e instanceof StoreException) {
            String why = "waits for the store: " + ErrorText.message(e, context.texts::line);
            return new Outcome.Slept(
                    untilItAnswers(run.assignment.stored().job().state()), why);
        }
        if (ending == null || TELL_WHERE.contains(ending)) {
            context.keepStack(e);
        }
        if (ending != null) {
            return early(run, ending);
        }
        String text = ErrorText.text(e, context.texts::line);
        tell(run.assignment.stored(), text, e, context.texts.areShown() ? ErrorText.shown(e) : null);
        Duration retryAfter = e instanceof RetryableException retryable ? retryable.delay() : null;
        return new Outcome.Failed(text, e instanceof PermanentException, retryAfter);
    }

    /** Returns the delay after a store failure, which is not the fault of the job. It grows with the number of runs that did not count. */
    private static Duration untilItAnswers(JobState state) {
        return Duration.ofSeconds(
                1L << Math.min(state.run().number() - state.run().attempt(), MOST_DOUBLINGS));
    }

    /** Returns whether the outcome depends on the handler, and not on the reason to end. */
    static boolean counts(@Nullable EndReason ending) {
        return ending == null || LEAVE_THE_OUTCOME.contains(ending);
    }

    private static PermanentException wentOn(String end, @Nullable Throwable to) {
        return new PermanentException(
                "its handler continued after '" + end + "' had ended the run: do not catch RunSuspended, even where"
                        + " Throwable or Error is caught, and do not replace it",
                to);
    }

    /**
     * Logs an unexpected error that ends the job. The stack trace contains all messages, so it is omitted if they are confidential. A large
     * one is shortened.
     */
    private static void tell(StoredJob stored, String text, Throwable e, @Nullable Throwable shown) {
        Job job = stored.job();
        boolean isTried = stored.books().versions().canary(); // the job goes to another version
        if (stored.isLastAttempt() && !isTried && !ErrorText.isMeant(e)) {
            LOG.warn("Job {} ({}) failed in its last attempt: {}", job.id(), job.type(), VisibleText.line(text), shown);
        } else {
            LOG.debug("Job {} ({}) failed: {}", job.id(), job.type(), VisibleText.line(text), shown);
        }
    }

    static Outcome early(Run run, EndReason ending) {
        return switch (ending) {
            case TIMEOUT -> new Outcome.TimedOut(run.clock.timeout(), false, run.suspension.hasStoredStep());
            case HEARTBEAT -> new Outcome.TimedOut(run.silence(), true, false);
            case DEADLINE -> new Outcome.PastDeadline();
            case CANCELLED -> new Outcome.Cancelled();
            case GIVEN_BACK -> new Outcome.GivenBack("its handler left or the host stopped");
            case LEASE_LOST -> new Outcome.GivenBack("the lease of its host was not renewed");
        };
    }
}
