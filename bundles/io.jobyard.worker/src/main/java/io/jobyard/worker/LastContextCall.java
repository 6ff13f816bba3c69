// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** Time of the last call of a run's context by its handler. */
final class LastContextCall {

    /** Work done for a handler while it waits. */
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

    /** Does work that a handler waits for: this time does not count as silence, however long it takes. */
    <T, E extends Exception> T during(Deed<T, E> deed) throws E {
        waiting.incrementAndGet();
        try {
            return deed.done();
        } finally {
            give();
            waiting.decrementAndGet();
        }
    }

    boolean areAwayFor(long nanos) {
        return waiting.get() == 0 && ticker.getAsLong() - latestNanos >= nanos;
    }
}
