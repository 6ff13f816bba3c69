// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Computes the pause before a request is repeated. The pause doubles each time and differs between clients. */
final class RetryPause {

    private static final long FIRST_MILLIS = 200;
    private static final long LONGEST_MILLIS = 10_000;

    private RetryPause() {}

    /** Returns the pause, at least as long as the host requested. */
    static Duration before(int repeat, @Nullable Duration asked) {
        long most = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(repeat, 10));
        long own = ThreadLocalRandom.current().nextLong(most / 2, most + 1);
        return Duration.ofMillis(asked == null ? own : asked.toMillis() + own);
    }

    static void take(Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    static JobyardClientException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return JobyardClientException.own("interrupted", "the thread was interrupted", e);
    }
}
