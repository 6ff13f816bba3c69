// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** How long to wait before a request is sent again: twice as long each time, and never for all clients alike. */
final class RetryPause {

    private static final long FIRST_MILLIS = 200;
    private static final long LONGEST_MILLIS = 10_000;

    private RetryPause() {}

    /** At least what the host has asked for. */
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
