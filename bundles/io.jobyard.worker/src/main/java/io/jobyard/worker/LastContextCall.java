// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** Time of a handler's last call of its context. */
final class LastContextCall {

    /** Work that a handler waits for. */
    interface Deed<T, E extends Exception> {
        T done() throws E;
    }

    private final LongSupplier ticker;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile long latestNanos;

    LastContextCall(LongSupplier ticker) {
        this.ticker = ticker;
        give();
    }

    void give() {
        latestNanos = ticker.getAsLong();
    }

    /** Does work that a handler waits for. This time does not count as silence, however long it takes. */
    <T, E extends Exception> T during(Deed<T, E> deed) throws E {
        waiting.incrementAndGet();
        try {
            return deed.done();
        } finally {
            give();
            waiting.decrementAndGet();
        }
    }

    /** Returns a future for work that a handler waits for without a thread. The time until it completes does not count as silence. */
    <T> CompletableFuture<T> until(CompletableFuture<T> work) {
        waiting.incrementAndGet();
        return work.whenComplete((value, fault) -> {
            give();
            waiting.decrementAndGet();
        });
    }

    /** Returns the time until the handler can have been silent for the limit, in nanoseconds. */
    long nanosLeft(long limit) {
        return waiting.get() > 0 ? limit : latestNanos + limit - ticker.getAsLong();
    }

    boolean areAwayFor(long nanos) {
        return waiting.get() == 0 && ticker.getAsLong() - latestNanos >= nanos;
    }
}
