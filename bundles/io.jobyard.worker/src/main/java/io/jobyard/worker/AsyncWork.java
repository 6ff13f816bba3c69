// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work of a handler that continues without its thread. */
final class AsyncWork {

    private static final Logger LOG = LoggerFactory.getLogger(AsyncWork.class);

    private final CompletionStage<Map<String, Object>> stage;
    private final CompletableFuture<Map<String, Object>> done = new CompletableFuture<>();
    private final AtomicBoolean cancelled = new AtomicBoolean();

    /** @param stage object of the handler's class, whose methods may do anything and throw any exception */
    AsyncWork(CompletionStage<Map<String, Object>> stage) {
        this.stage = stage;
        stage.whenComplete((result, fault) -> {
            if (fault == null) {
                done.complete(result);
            } else {
                done.completeExceptionally(fault);
            }
        });
    }

    /** Reports the result or the failure, once. */
    void whenDone(BiConsumer<@Nullable Map<String, Object>, @Nullable Throwable> heard) {
        done.whenComplete(heard);
    }

    /** Cancels the work once. Not called under a lock, because this thread may run code that depends on the stage. */
    void cancel() {
        if (cancelled.compareAndSet(false, true)) {
            try {
                stage.toCompletableFuture().cancel(true);
            } catch (RuntimeException | Error e) {
                LOG.debug("Cannot cancel a stage", e);
            }
        }
    }
}
