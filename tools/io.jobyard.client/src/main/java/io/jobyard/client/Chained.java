// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Futures that depend on others. Cancelling one cancels its source. */
final class Chained {

    private Chained() {}

    static <A, B> CompletableFuture<B> map(CompletableFuture<A> source, Function<A, B> change) {
        return compose(source, value -> CompletableFuture.completedFuture(change.apply(value)));
    }

    static <A, B> CompletableFuture<B> compose(CompletableFuture<A> source, Function<A, CompletableFuture<B>> next) {
        CompletableFuture<B> last = after(source, next);
        last.whenComplete((value, fault) -> source.cancel(true));
        return last;
    }

    /** Returns a future that can be cancelled without its source, on which others depend, too. */
    static <A, B> CompletableFuture<B> after(CompletableFuture<A> source, Function<A, CompletableFuture<B>> next) {
        CompletableFuture<B> last = new CompletableFuture<>();
        source.whenComplete((value, fault) -> {
            if (fault != null) {
                last.completeExceptionally(cause(fault));
            } else if (!last.isDone()) {
                follow(last, value, next);
            }
        });
        return last;
    }

    private static <A, B> void follow(CompletableFuture<B> last, A value, Function<A, CompletableFuture<B>> next) {
        try {
            CompletableFuture<B> second = next.apply(value);
            last.whenComplete((done, fault) -> second.cancel(true));
            second.whenComplete((done, fault) -> {
                if (fault == null) {
                    last.complete(done);
                } else {
                    last.completeExceptionally(cause(fault));
                }
            });
        } catch (RuntimeException | Error e) { // else the future would never complete
            last.completeExceptionally(e);
        }
    }

    /** Returns a future that continues with another one if its source fails. Cancelling it cancels both. */
    static <T> CompletableFuture<T> recover(
            CompletableFuture<T> source, Function<Throwable, CompletableFuture<T>> other) {
        CompletableFuture<CompletableFuture<T>> next = new CompletableFuture<>();
        source.whenComplete((value, fault) ->
                next.complete(fault == null ? CompletableFuture.completedFuture(value) : other.apply(cause(fault))));
        CompletableFuture<T> last = after(next, second -> second);
        last.whenComplete((value, fault) -> source.cancel(true));
        return last;
    }

    static Throwable cause(Throwable fault) {
        Throwable cause = fault instanceof CompletionException ? fault.getCause() : null;
        return cause == null ? fault : cause;
    }

    /** Waits for a future, and throws its exception as it is. */
    static <T> T join(CompletableFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw unchecked(e.getCause());
        } catch (InterruptedException e) {
            future.cancel(true);
            throw RetryPause.interrupted(e);
        }
    }

    private static RuntimeException unchecked(@Nullable Throwable fault) {
        return fault instanceof RuntimeException known ? known : new IllegalStateException(fault);
    }
}
