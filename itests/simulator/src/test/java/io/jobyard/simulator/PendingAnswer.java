// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import java.util.concurrent.CompletableFuture;

/** An answer that is not there yet. There is one thread: whoever waits for it lets the rest of the world go on. */
final class PendingAnswer<T> extends CompletableFuture<T> {

    private final Runnable meanwhile;

    PendingAnswer(Runnable meanwhile) {
        this.meanwhile = meanwhile;
    }

    @Override
    public T join() {
        while (!isDone()) {
            meanwhile.run();
        }
        return super.join();
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new PendingAnswer<>(meanwhile);
    }
}
