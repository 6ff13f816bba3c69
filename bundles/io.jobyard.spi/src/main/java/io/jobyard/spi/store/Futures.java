// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.store;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Helpers to wait for the store's answers. */
public final class Futures {

    private Futures() {}

    /** Calls the store without throwing. An exception becomes a failed future, so that the other answers still count. */
    public static <T> CompletableFuture<T> ask(Supplier<CompletableFuture<T>> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /**
     * Waits for the answer, and throws the store's exception. An interrupt does not end the wait, because the change may be stored anyway.
     * The store answers in bounded time.
     *
     * @throws RuntimeException exception of the store
     */
    public static <T> T join(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (cause(e) instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /**
     * Waits for all answers, and then throws the store's first exception, so that all changes have ended before the next read.
     *
     * @return whether all are true
     * @throws RuntimeException the first exception of the store; later ones are suppressed
     */
    public static boolean joinAll(List<CompletableFuture<Boolean>> futures) {
        boolean all = true;
        RuntimeException fault = null;
        for (CompletableFuture<Boolean> future : futures) {
            try {
                all &= join(future);
            } catch (RuntimeException e) {
                if (fault == null) {
                    fault = e;
                } else if (fault != e) {
                    fault.addSuppressed(e);
                }
            }
        }
        if (fault != null) {
            throw fault;
        }
        return all;
    }

    /** Returns the store's exception from the failure of a later stage. */
    public static Throwable cause(Throwable fault) {
        return fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
    }
}
