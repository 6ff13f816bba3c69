// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Waits for the store's answers. */
final class Futures {

    private Futures() {}

    /** Asks; what is thrown instead of a future becomes its fault, so that the other answers of a slice still count. */
    static <T> CompletableFuture<T> ask(Supplier<CompletableFuture<T>> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /**
     * Waits for the answer and throws what the store threw. An interrupt does not end the wait, because the change may
     * be stored all the same; the store answers in bounded time.
     */
    static <T> T join(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Waits for every answer, and then throws what the store threw: a slice is over before the next one reads. */
    static boolean joinAll(List<CompletableFuture<Boolean>> futures) {
        boolean all = true;
        RuntimeException fault = null;
        for (CompletableFuture<Boolean> future : futures) {
            try {
                all &= join(future);
            } catch (RuntimeException e) {
                fault = e;
            }
        }
        if (fault != null) {
            throw fault;
        }
        return all;
    }
}
