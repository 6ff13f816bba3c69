// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Rounds of asynchronous work, one after the other, until one has a result. Rounds that are complete at once need no further stack, because
 * a later run of a job may find thousands of stored steps.
 */
public final class AsyncRounds<R> {

    private final Callable<CompletionStage<Optional<R>>> round;
    private final CompletableFuture<R> result = new CompletableFuture<>();

    private AsyncRounds(Callable<CompletionStage<Optional<R>>> round) {
        this.round = round;
    }

    /**
     * Begins the first round.
     *
     * @param round begins a round; its stage completes with the result, or empty if another round follows
     * @return future of the result, or of the exception of a round
     */
    public static <R> CompletableFuture<R> begin(Callable<CompletionStage<Optional<R>>> round) {
        AsyncRounds<R> rounds = new AsyncRounds<>(round);
        rounds.goOn();
        return rounds.result;
    }

    private void goOn() {
        try {
            while (!result.isDone()) {
                CompletableFuture<Optional<R>> now = round.call().toCompletableFuture();
                if (!now.isDone()) {
                    now.whenComplete(this::ended);
                    return;
                }
                now.join().ifPresent(result::complete);
            }
        } catch (Throwable e) { // the future reports it
            result.completeExceptionally(e);
        }
    }

    private void ended(@Nullable Optional<R> given, @Nullable Throwable fault) {
        if (given == null) {
            result.completeExceptionally(fault == null ? new IllegalStateException("a round gave nothing") : fault);
        } else {
            given.ifPresent(result::complete);
            goOn();
        }
    }
}
