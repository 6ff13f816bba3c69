// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Waits for the store's answers. */
final class Futures {

    private Futures() {}

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
}
