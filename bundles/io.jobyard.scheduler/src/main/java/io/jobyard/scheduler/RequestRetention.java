// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.spi.store.Futures;
import io.jobyard.spi.store.RequestStore;
import java.time.Clock;

/** Removes requests after their retention, in slices with pauses between them. */
final class RequestRetention {

    static final int SLICE = 250;

    private final RequestStore requests;
    private final Clock clock;
    private final Retention.Rest rest;

    RequestRetention(RequestStore requests, Clock clock, Retention.Rest rest) {
        this.requests = requests;
        this.clock = clock;
        this.rest = rest;
    }

    void forget() {
        int some;
        do {
            long begun = System.nanoTime();
            some = Futures.join(requests.forget(clock.instant(), SLICE));
            if (some == SLICE) {
                rest.after(System.nanoTime() - begun);
            }
        } while (some == SLICE);
    }
}
