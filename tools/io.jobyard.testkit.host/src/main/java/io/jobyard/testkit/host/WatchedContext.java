// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import io.jobyard.api.JobId;
import io.jobyard.api.handler.AsyncStep;
import io.jobyard.api.handler.Callback;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.Step;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Context of a handler. It counts the work of steps, and answers no calls once the host is lost. */
final class WatchedContext {

    private final JobId id;
    private final String type;
    private final int run;
    private final WatchedHandler watch;

    WatchedContext(JobContext context, WatchedHandler watch) {
        this.id = context.job().id();
        this.type = context.job().type();
        this.run = context.run();
        this.watch = watch;
    }

    /** Marks a moment of the run. */
    void at(String moment) {
        watch.moments().pass(type, moment).ifPresent(deed -> deed.accept(id));
    }

    @Nullable
    Object answer(ServiceCall call) throws Throwable {
        watch.loss().refuse();
        try {
            return switch (call.name()) {
                case "step", "steps" -> after(call, watched(call));
                case "stepAsync", "stepsAsync" ->
                    afterStage(call, (CompletionStage<?>) Objects.requireNonNull(watched(call)));
                case "sleep", "signal", "submit", "children", "await" -> after(call, call.proceed());
                case "emit" -> noted(call, watch.notes()::emitted);
                case "log" -> noted(call, watch.notes()::logged);
                case "callback" -> ServiceCall.around(Callback.class, (Callback) call.proceed(), this::answer);
                default -> call.proceed();
            };
        } catch (Throwable e) { // including errors from the store of a lost host
            watch.loss().refuse();
            throw e;
        }
    }

    private @Nullable Object noted(ServiceCall call, Consumer<JobId> note) throws Throwable {
        Object answer = call.proceed();
        if (!"".equals(call.argument(0))) {
            note.accept(id);
        }
        return answer;
    }

    private @Nullable Object after(ServiceCall call, @Nullable Object answer) {
        at("after " + call.name() + (call.argument(0) instanceof String name ? " '" + name + "'" : ""));
        return answer;
    }

    /** Returns a copy of the stage, which completes after the moment is marked. Its cancellation cancels the stage. */
    private <T> CompletionStage<T> afterStage(ServiceCall call, CompletionStage<T> stage) {
        CompletableFuture<T> copy = new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean mayInterrupt) {
                return stage.toCompletableFuture().cancel(mayInterrupt);
            }
        };
        stage.thenApply(value -> after(call, value)).whenComplete((value, fault) -> {
            if (fault == null) {
                copy.complete(stage.toCompletableFuture().join());
            } else {
                copy.completeExceptionally(fault);
            }
        });
        return copy;
    }

    private @Nullable Object watched(ServiceCall call) throws Throwable {
        Object[] arguments = call.arguments();
        if (arguments[0] instanceof Step<?> || arguments[0] instanceof AsyncStep<?>) {
            arguments[0] = watched(arguments[0]);
        } else if (arguments[0] instanceof List<?> steps) {
            arguments[0] = steps.stream().map(this::watched).toList();
        } else {
            arguments[2] = watched((String) arguments[0], (Callable<?>) arguments[2]);
        }
        return call.proceed();
    }

    private Object watched(Object step) {
        return step instanceof AsyncStep<?> async ? watched(async) : watched((Step<?>) step);
    }

    private <T> AsyncStep<T> watched(AsyncStep<T> step) {
        return new AsyncStep<>(step.name(), step.type(), watched(step.name(), step.work()::call), step.estimate());
    }

    private <T> Step<T> watched(Step<T> step) {
        Callable<T> work = watched(step.name(), step.work());
        return new Step<>(step.name(), step.type(), work, step.retries(), step.backoff(), step.estimate());
    }

    private <T> Callable<T> watched(String step, Callable<T> work) {
        return () -> {
            watch.loss().refuse();
            watch.notes().works(id, step, run);
            at("in the work of step '" + step + "'");
            return work.call();
        };
    }
}
