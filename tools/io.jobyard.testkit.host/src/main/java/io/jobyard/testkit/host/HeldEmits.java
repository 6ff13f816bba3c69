// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/**
 * Emitted pieces while the store is slow. They wait until the next commit, or until they are released. Safe for use
 * by several threads.
 */
final class HeldEmits {

    private final Queue<Runnable> held = new ConcurrentLinkedQueue<>();

    CompletableFuture<Boolean> hold(Supplier<CompletableFuture<Boolean>> write) {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        held.add(() -> write.get().whenComplete((stored, fault) -> {
            if (fault == null) {
                answer.complete(stored);
            } else {
                answer.completeExceptionally(fault);
            }
        }));
        return answer;
    }

    /** Passes the pieces to the store, in order. */
    void release() {
        for (Runnable write = held.poll(); write != null; write = held.poll()) {
            write.run();
        }
    }
}
