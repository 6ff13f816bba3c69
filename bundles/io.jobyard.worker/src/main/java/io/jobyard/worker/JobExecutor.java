// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.AccessException;
import io.jobyard.api.Job;
import io.jobyard.api.handler.PermanentException;
import io.jobyard.spi.running.Outcome;
import io.jobyard.spi.store.Futures;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Calls the handler of a run on the calling thread, and returns the outcome. Only this class calls users' code. */
final class JobExecutor {

    private final Handlers handlers;
    private final Supplier<List<Interceptor>> interceptors;
    private final PayloadMigration migration;
    private final RunServices host;

    JobExecutor(
            Handlers handlers, Supplier<List<Interceptor>> interceptors, PayloadMigration migration, RunServices host) {
        this.handlers = handlers;
        this.interceptors = interceptors;
        this.migration = migration;
        this.host = host;
    }

    static JobExecutor of(HandlerRegistry handlers, RunServices host) {
        PayloadMigration migration = new PayloadMigration(
                handlers.migrators,
                new NewerPayload(handlers::offered),
                host.stores().reads(),
                host.scheduler(),
                host.limits());
        return new JobExecutor(handlers.all, handlers.interceptors::outermostFirst, migration, host);
    }

    /**
     * Reports the outcome before it returns, unless the work continues without the thread. Then it reports the outcome when the work is
     * complete.
     */
    void execute(Run run, Consumer<Outcome> ended) {
        Job job = run.assignment.stored().job();
        Optional<Handler> handler =
                handlers.find(job.type(), run.assignment.handler()).filter(found -> found.runs.enter(run));
        if (handler.isEmpty()) {
            ended.accept(new Outcome.GivenBack("its handler left before it began"));
            return;
        }
        List<Interceptor> around = interceptors.get().stream()
                .filter(interceptor -> interceptor.runs().enter(run))
                .toList();
        Outcome outcome = null;
        try {
            outcome = run.begin(host.time().clock().instant(), handler.get(), around)
                    ? inHandler(run, handler.get(), around, ended)
                    : RunOutcomes.early(run, Objects.requireNonNull(run.ending()));
        } finally {
            if (!run.goesOn()) {
                run.leaveAll();
            }
        }
        if (outcome != null) {
            ended.accept(outcome);
        }
    }

    /** Calls the handler. Returns null if the outcome arrives later. */
    private @Nullable Outcome inHandler(Run run, Handler handler, List<Interceptor> around, Consumer<Outcome> ended) {
        Job job = run.assignment.stored().job();
        RunContext context = new RunContext(run, handler, host, () -> handlers.longestRun(handler));
        MDC.put("job", job.id().toString());
        MDC.put("type", job.type());
        try {
            requirePrivileged(run, handler);
            migration.migrate(run, handler, context);
            Map<String, Object> answer = new InterceptorChain(context, around, handler).proceed();
            AsyncWork stage = context.stage();
            if (stage == null) {
                return returned(run, handler, context, answer);
            }
            run.goesOnWith(stage);
            stage.whenDone((result, fault) -> {
                Outcome outcome = completed(run, handler, context, result, fault);
                host.stages().leave();
                run.complete();
                run.leaveAll();
                ended.accept(outcome);
            });
            return null;
        } catch (Throwable e) { // any throwable of users' code is the failure of the job, not of the host
            AsyncWork stage = context.stage();
            if (stage != null) {
                stage.cancel(); // an interceptor threw an exception after the handler returned
            }
            return thrown(run, context, e);
        } finally {
            run.leave();
            MDC.clear(); // removes values that the handler left in the thread
        }
    }

    /** Checks the permission again, because the job may have been submitted before its type was known to be privileged. */
    private void requirePrivileged(Run run, Handler handler) {
        if (handler.privileged) {
            try {
                host.scheduler().requirePrivileged(run.assignment);
            } catch (AccessException e) {
                throw new PermanentException(String.valueOf(e.getMessage()), e);
            }
        }
    }

    private Outcome returned(Run run, Handler handler, RunContext context, @Nullable Map<String, Object> answer) {
        context.endStream();
        return RunOutcomes.returned(run, handler, context, answer, host.limits().maxResultBytes());
    }

    private static Outcome thrown(Run run, RunContext context, Throwable e) {
        try {
            context.endStream();
        } catch (RuntimeException | Error fault) { // the store rejected it, or the run has ended
            e.addSuppressed(fault);
        }
        return RunOutcomes.thrown(run, context, e);
    }

    /** Returns the outcome of a completed stage. Called by the thread that completes it. */
    private Outcome completed(
            Run run,
            Handler handler,
            RunContext context,
            @Nullable Map<String, Object> result,
            @Nullable Throwable fault) {
        try {
            return fault == null ? returned(run, handler, context, result) : thrown(run, context, Futures.cause(fault));
        } catch (Throwable e) { // the result is invalid
            return thrown(run, context, e);
        }
    }
}
