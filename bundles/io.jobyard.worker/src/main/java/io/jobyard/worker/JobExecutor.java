// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.Job;
import io.jobyard.api.handler.PermanentException;
import io.jobyard.api.handler.RateLimitedException;
import io.jobyard.api.handler.RetryableException;
import io.jobyard.api.handler.SleepException;
import io.jobyard.api.spi.Outcome;
import io.jobyard.api.spi.QueueManager;
import io.jobyard.api.spi.SizeLimits;
import io.jobyard.api.spi.StoredJob;
import io.jobyard.api.spi.VisibleText;
import io.jobyard.api.spi.reading.JobReads;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Calls the handler of a run, on the calling thread, and says how it ended. The one place that runs users' code. */
final class JobExecutor {

    private static final Logger LOG = LoggerFactory.getLogger(JobExecutor.class);

    private final Handlers handlers;
    private final Supplier<List<Interceptor>> interceptors;
    private final PayloadMigration migration;
    private final JobReads reads;
    private final QueueManager queue;
    private final RunUses uses;
    private final SizeLimits limits;
    private final Clock clock;

    JobExecutor(
            Handlers handlers,
            Supplier<List<Interceptor>> interceptors,
            PayloadMigration migration,
            JobReads reads,
            QueueManager queue,
            RunUses uses,
            SizeLimits limits,
            Clock clock) {
        this.uses = uses;
        this.interceptors = interceptors;
        this.migration = migration;
        this.queue = queue;
        this.limits = limits;
        this.handlers = handlers;
        this.reads = reads;
        this.clock = clock;
    }

    Outcome execute(Run run) {
        Job job = run.assignment.stored().job();
        Optional<Handler> handler =
                handlers.find(job.type(), run.assignment.handler()).filter(found -> found.runs.enter(run));
        if (handler.isEmpty()) {
            return new Outcome.GivenBack("its handler left before it began");
        }
        List<Interceptor> around = interceptors.get().stream()
                .filter(interceptor -> interceptor.runs().enter(run))
                .toList();
        try {
            return run.begin(clock.instant(), handler.get(), around)
                    ? inHandler(run, handler.get(), around)
                    : endedEarly(run, Objects.requireNonNull(run.ending()));
        } finally {
            run.leaveAll();
        }
    }

    private Outcome inHandler(Run run, Handler handler, List<Interceptor> around) {
        Job job = run.assignment.stored().job();
        RunContext context = new RunContext(run, reads, queue, uses, limits, handler, clock);
        MDC.put("job", job.id().toString());
        MDC.put("type", job.type());
        try {
            migration.migrate(run, handler, context);
            return completed(run, handler, context, new InterceptorChain(context, around, handler).proceed());
        } catch (Throwable e) { // whatever users' code throws is the job's failure, not the host's
            return failed(run, context, ErrorText.readable(e));
        } finally {
            run.leave();
            MDC.clear(); // with what the handler left there
        }
    }

    private Outcome completed(Run run, Handler handler, RunContext context, Map<String, Object> answer) {
        UnaryOperator<String> redaction = context.redaction();
        int maxBytes = limits.maxResultBytes();
        String result = redaction == null
                ? handler.results.result(answer, maxBytes)
                : handler.results.result(answer, redaction, maxBytes);
        Run.Ending ending = run.ending();
        boolean counts = ending == null || ending.leavesOutcome(); // a drained run that made it has made it
        return counts ? new Outcome.Completed(result) : endedEarly(run, ending);
    }

    private static Outcome failed(Run run, RunContext context, Throwable e) {
        Run.Ending ending = run.ending();
        boolean counts = ending == null || ending.leavesOutcome();
        if (counts && e instanceof SleepException sleep) {
            return new Outcome.Slept(sleep.delay(), ErrorText.message(e, context::redacted));
        } else if (counts && e instanceof RateLimitedException limited) {
            return new Outcome.RateLimited(limited.retryAfter(), ErrorText.text(e, context::redacted));
        }
        if (ending == null || ending.interruptsWhereItIs()) { // which tells where the time went
            context.keepStack(e);
        }
        if (ending != null) {
            return endedEarly(run, ending);
        }
        String text = ErrorText.text(e, context::redacted);
        tell(run.assignment.stored(), text, e, context.redaction() == null ? ErrorText.shown(e) : null);
        Duration retryAfter = e instanceof RetryableException retryable ? retryable.delay() : null;
        return new Outcome.Failed(text, e instanceof PermanentException, retryAfter);
    }

    /**
     * An error that the handler's author did not foresee, and that ends the job, is one that somebody should look at.
     * Without its stack trace, which quotes all messages, if they must not be seen; shortened if it is large.
     */
    private static void tell(StoredJob stored, String text, Throwable e, @Nullable Throwable shown) {
        Job job = stored.job();
        if (stored.isLastAttempt() && (shown == null || !ErrorText.isMeant(e))) {
            LOG.warn("Job {} ({}) failed in its last attempt: {}", job.id(), job.type(), VisibleText.line(text), shown);
        } else {
            LOG.debug("Job {} ({}) failed: {}", job.id(), job.type(), VisibleText.line(text), shown);
        }
    }

    static Outcome endedEarly(Run run, Run.Ending ending) {
        return switch (ending) {
            case TIMEOUT ->
                new Outcome.TimedOut(run.assignment.stored().job().terms().timeout());
            case DEADLINE -> new Outcome.PastDeadline();
            case CANCEL -> new Outcome.Cancelled();
            case GIVE_BACK -> new Outcome.GivenBack("its handler left or the host stopped");
            case LEASE -> new Outcome.GivenBack("the lease of its host was not renewed");
        };
    }
}
