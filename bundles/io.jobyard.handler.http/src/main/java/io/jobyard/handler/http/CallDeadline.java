// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The deadline of a call, including its redirects. */
record CallDeadline(int seconds, long endNanos) {

    static CallDeadline in(int seconds) {
        return new CallDeadline(
                seconds, System.nanoTime() + Duration.ofSeconds(seconds).toNanos());
    }

    /** Returns the remaining time, never negative. */
    long leftNanos() {
        return Math.max(0, endNanos - System.nanoTime());
    }

    /** Returns the remaining time, at least 1 ms, because Jetty takes 0 for no timeout. */
    long leftMillis() {
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(leftNanos()));
    }
}
