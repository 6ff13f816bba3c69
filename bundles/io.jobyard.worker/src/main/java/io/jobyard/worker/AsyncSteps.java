// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.handler.AsyncStep;
import io.jobyard.spi.steps.StoredStep;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Executes steps whose work occupies no thread, each once for the job. Safe for use by several threads. */
final class AsyncSteps {

    private final Run run;
    private final StepPositions positions;
    private final StepCalls calls;
    private final StepValues values;
    private final StepKeeper keeper;
    private final RunTexts texts;
    private final AsyncThreads threads;
    private final Set<UnfinishedStep<?>> unfinished = ConcurrentHashMap.newKeySet();

    AsyncSteps(
            Run run,
            StepPositions positions,
            StepCalls calls,
            StepValues values,
            StepKeeper keeper,
            RunTexts texts,
            AsyncThreads threads) {
        this.run = run;
        this.positions = positions;
        this.calls = calls;
        this.values = values;
        this.keeper = keeper;
        this.texts = texts;
        this.threads = threads;
    }

    /** Returns the stage of the result. It never completes on a thread of the store, because the handler's code may wait there. */
    <T> CompletionStage<T> step(AsyncStep<T> step) {
        try {
            StepPositions.StepPosition position = position(step);
            StoredStep stored = position.stored();
            return stored != null
                    ? CompletableFuture.completedFuture(values.read(stored, step.type()))
                    : begin(position, step);
        } catch (Throwable e) { // any throwable of users' code; the stage reports it
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Returns the stage of the results in order, like {@link #step}. */
    <T> CompletionStage<List<T>> steps(List<AsyncStep<T>> steps, int parallelism) {
        try {
            StepBatch.requireParallelism("stepsAsync", parallelism);
            StepBatch<T> batch = new StepBatch<>(
                    steps.stream()
                            .map(step -> new StepBatch.BatchedStep(position(step), step.type(), step.estimate()))
                            .toList(),
                    parallelism,
                    values);
            return new ParallelSteps<>(batch, at -> begin(batch.position(at), steps.get(at)), calls).goOn();
        } catch (Throwable e) { // any throwable of users' code; the stage reports it
            return CompletableFuture.failedFuture(e);
        }
    }

    private StepPositions.StepPosition position(AsyncStep<?> step) {
        return positions.asyncStep(texts.whole(step.name()));
    }

    private <T> CompletionStage<T> begin(StepPositions.StepPosition position, AsyncStep<T> step) {
        try {
            return begun(position, step);
        } catch (Throwable e) { // any throwable of users' code; the stage reports it
            return CompletableFuture.failedFuture(e);
        }
    }

    private <T> CompletionStage<T> begun(StepPositions.StepPosition position, AsyncStep<T> step) throws Exception {
        UnfinishedStep<T> result = new UnfinishedStep<>();
        unfinished.add(result); // before the work begins, so that no request to end misses it
        try {
            if (run.ending() != null) {
                throw new InterruptedException(
                        "step '" + position.name() + "' was not started, because the run must end");
            }
            Instant startedAt = keeper.now();
            CompletionStage<T> settled = calls.callAsync(step, result::goesOnWith);
            settled.thenCompose(value -> this.<T>kept(position, step.type(), startedAt, value))
                    .whenComplete((value, fault) -> threads.execute(run, () -> end(result, value, fault)));
        } catch (Throwable e) { // any throwable of users' code
            unfinished.remove(result);
            throw e;
        }
        return result;
    }

    private <T> void end(UnfinishedStep<T> result, T value, @Nullable Throwable fault) {
        unfinished.remove(result);
        complete(result, value, fault);
    }

    /** Result of a step that is not stored yet. Cancelling it cancels the work; it completes after the work. */
    private static final class UnfinishedStep<T> extends CompletableFuture<T> {

        private @Nullable CompletionStage<T> work;
        private boolean isCancelled;

        void goesOnWith(CompletionStage<T> begun) {
            boolean isLate;
            synchronized (this) {
                work = begun;
                isLate = isCancelled;
            }
            if (isLate) {
                begun.toCompletableFuture().cancel(true);
            }
        }

        @Override
        public boolean cancel(boolean mayInterrupt) {
            CompletionStage<T> begun;
            synchronized (this) {
                isCancelled = true;
                begun = work;
            }
            return begun == null || begun.toCompletableFuture().cancel(mayInterrupt);
        }
    }

    private <T> CompletionStage<T> kept(
            StepPositions.StepPosition position, Type type, Instant startedAt, @Nullable Object value) {
        String json = values.write(position.name(), value);
        T read = values.read(position.name(), json, type);
        return keeper.keepLater(StoredStep.done(
                        position.number(), position.name(), run.number(), startedAt, keeper.now(), json))
                .thenApply(then -> read);
    }

    /**
     * Returns a copy of the handler's stage. Its cancellation interrupts code that depends on steps, and cancels the unfinished work, or
     * without such work the handler's stage.
     */
    <T> CompletableFuture<T> cancellable(CompletionStage<T> stage) {
        CompletableFuture<T> copy = new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean mayInterrupt) {
                threads.interrupt(run);
                return cancelWork() || stage.toCompletableFuture().cancel(mayInterrupt);
            }
        };
        stage.whenComplete((value, fault) -> complete(copy, value, fault));
        return copy;
    }

    private boolean cancelWork() {
        List<UnfinishedStep<?>> all = new ArrayList<>(unfinished);
        all.forEach(step -> step.cancel(true));
        return !all.isEmpty();
    }

    private static <T> void complete(CompletableFuture<T> future, T value, @Nullable Throwable fault) {
        if (fault == null) {
            future.complete(value);
        } else {
            future.completeExceptionally(fault);
        }
    }
}
