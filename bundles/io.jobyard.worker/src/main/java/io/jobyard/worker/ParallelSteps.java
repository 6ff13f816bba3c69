// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.handler.RunSuspended;
import io.jobyard.spi.store.Futures;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Values of several asynchronous steps. After a failure, no further step begins, and the running ones are awaited. */
final class ParallelSteps<T> extends CompletableFuture<List<T>> {

    private final StepBatch<T> batch;
    private final IntFunction<CompletionStage<T>> begin;
    private final StepCalls calls;
    private final Iterator<Integer> open;
    private final Map<Integer, CompletionStage<T>> running = new HashMap<>();
    private int begun;
    private @Nullable Throwable fault;
    private boolean isOver;

    /** @param begin begins the step with a number */
    ParallelSteps(StepBatch<T> batch, IntFunction<CompletionStage<T>> begin, StepCalls calls) {
        this.batch = batch;
        this.begin = begin;
        this.calls = calls;
        open = batch.open().iterator();
    }

    /** Begins as many steps as may run now. */
    ParallelSteps<T> goOn() {
        for (Integer at = next(); at != null; at = next()) {
            int number = at;
            CompletionStage<T> step = begin.apply(number);
            begun(number, step);
            step.whenComplete((value, thrown) -> ended(number, value, thrown));
        }
        if (isLast()) {
            finish();
        }
        return this;
    }

    private synchronized @Nullable Integer next() {
        if (fault != null || begun == batch.parallelism() || !open.hasNext()) {
            return null;
        }
        begun++;
        return open.next();
    }

    private void begun(int number, CompletionStage<T> step) {
        boolean isLate;
        synchronized (this) {
            running.put(number, step);
            isLate = fault instanceof CancellationException;
        }
        if (isLate) {
            step.toCompletableFuture().cancel(true);
        }
    }

    private void ended(int number, @Nullable T value, @Nullable Throwable thrown) {
        synchronized (this) {
            running.remove(number);
            begun--;
            if (thrown == null) {
                batch.done(number, value);
            } else if (fault == null) {
                fault = Futures.cause(thrown);
            }
        }
        goOn();
    }

    private synchronized boolean isLast() {
        boolean isLast = !isOver && begun == 0 && (fault != null || !open.hasNext());
        isOver |= isLast;
        return isLast;
    }

    private void finish() {
        Throwable thrown = fault;
        if (thrown instanceof RunSuspended) { // the limits allow no further step
            try {
                calls.awaitLimits(batch.next());
            } catch (Throwable e) { // any throwable of users' estimates
                thrown = e;
            }
        }
        if (thrown == null) {
            complete(batch.values());
        } else {
            completeExceptionally(thrown);
        }
    }

    /** Cancels the running steps. The future completes after them. */
    @Override
    public boolean cancel(boolean mayInterrupt) {
        List<CompletionStage<T>> all;
        synchronized (this) {
            fault = fault == null ? new CancellationException() : fault;
            all = List.copyOf(running.values());
        }
        all.forEach(step -> step.toCompletableFuture().cancel(mayInterrupt));
        return !all.isEmpty();
    }
}
