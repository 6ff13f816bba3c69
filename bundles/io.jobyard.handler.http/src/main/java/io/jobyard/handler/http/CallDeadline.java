// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.http;

import java.time.Duration;

/** When a call with all its redirects is to end. */
record CallDeadline(int seconds, long endNanos) {

    static CallDeadline in(int seconds) {
        return new CallDeadline(
                seconds, System.nanoTime() + Duration.ofSeconds(seconds).toNanos());
    }

    /** Not negative. */
    long leftNanos() {
        return Math.max(0, endNanos - System.nanoTime());
    }
}
