// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.Job;
import io.jobyard.api.handler.PermanentException;
import io.jobyard.api.handler.RateLimitedException;
import io.jobyard.api.handler.RetryableException;
import io.jobyard.api.handler.SleepException;
import io.jobyard.api.spi.JobRepository;
import io.jobyard.api.spi.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Calls the handler of a run, on the calling thread, and says how it ended. The one place that runs users' code. */
final class JobExecutor {

    private static final Logger LOG = LoggerFactory.getLogger(JobExecutor.class);

    private final Handlers handlers;
    private final JobRepository repository;
    private final Usage usage;
    private final Clock clock;
    private final LongConsumer pace;

    JobExecutor(Handlers handlers, JobRepository repository, Usage usage, Clock clock, LongConsumer pace) {
        this.usage = usage;
        this.handlers = handlers;
        this.repository = repository;
        this.clock = clock;
        this.pace = pace;
    }

    Outcome execute(Run run) {
        Job job = run.assignment.stored().job();
        Optional<Handler> handler =
                handlers.find(job.type(), run.assignment.handler()).filter(found -> found.enter(run));
        if (handler.isEmpty()) {
            return new Outcome.GivenBack("its handler left before it began");
        }
        try {
            return run.begin(clock.instant(), handler.get())
                    ? inHandler(run, handler.get())
                    : endedEarly(run, Objects.requireNonNull(run.ending()));
        } finally {
            handler.get().exit(run);
        }
    }

    private Outcome inHandler(Run run, Handler handler) {
        Job job = run.assignment.stored().job();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        MDC.put("job", job.id().toString());
        MDC.put("type", job.type());
        try {
            thread.setContextClassLoader(handler.service.getClass().getClassLoader());
            return completed(run, handler);
        } catch (Throwable e) { // whatever users' code throws is the job's failure, not the host's
            return failed(run, e);
        } finally {
            pace.accept(run.leave());
            thread.setContextClassLoader(before);
            MDC.clear(); // with what the handler left there
        }
    }

    private Outcome completed(Run run, Handler handler) throws Exception {
        RunContext context = new RunContext(run, repository, usage, handler.json, clock);
        String result = handler.json.result(handler.service.handle(context));
        Run.Ending ending = run.ending();
        boolean counts = ending == null || ending == Run.Ending.GIVE_BACK; // a drained run that made it has made it
        return counts ? new Outcome.Completed(result) : endedEarly(run, ending);
    }

    private Outcome failed(Run run, Throwable e) {
        Run.Ending ending = run.ending();
        boolean counts = ending == null || ending == Run.Ending.GIVE_BACK;
        if (counts && e instanceof SleepException sleep) {
            return new Outcome.Slept(sleep.delay(), Errors.message(e));
        } else if (counts && e instanceof RateLimitedException limited) {
            return new Outcome.RateLimited(limited.retryAfter(), Errors.text(e));
        } else if (ending != null) {
            return endedEarly(run, ending);
        }
        tell(run.assignment.stored().job(), e);
        Duration retryAfter = e instanceof RetryableException retryable ? retryable.delay() : null;
        return new Outcome.Failed(Errors.text(e), e instanceof PermanentException, retryAfter);
    }

    /** An error that the handler's author did not foresee, and that ends the job, is one that somebody should look at. */
    private static void tell(Job job, Throwable e) {
        boolean last = job.state().attempt() > job.terms().maxRetries();
        if (last && !Errors.isMeant(e)) {
            LOG.warn("Job {} ({}) failed in its last attempt", job.id(), job.type(), e);
        } else {
            LOG.debug("Job {} ({}) failed", job.id(), job.type(), e);
        }
    }

    static Outcome endedEarly(Run run, Run.Ending ending) {
        return switch (ending) {
            case TIMEOUT ->
                new Outcome.TimedOut(run.assignment.stored().job().terms().timeout());
            case CANCEL -> new Outcome.Cancelled();
            case GIVE_BACK -> new Outcome.GivenBack("its handler left or the host stopped");
        };
    }
}
