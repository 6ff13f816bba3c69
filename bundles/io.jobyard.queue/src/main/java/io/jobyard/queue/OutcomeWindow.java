// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import java.time.Duration;
import java.util.Arrays;

/** Numbers of recently completed and failed runs. Guarded by the lock of {@link Lanes}. */
final class OutcomeWindow {

    /** Number of parts of the window; the oldest part is dropped as a whole. */
    private static final int PARTS = 10;

    private final long[] completed = new long[PARTS];
    private final long[] failed = new long[PARTS];
    private long part;

    void forget() {
        part = 0;
        Arrays.fill(completed, 0);
        Arrays.fill(failed, 0);
    }

    void count(boolean hasFailed, Duration window, long now) {
        forgetOld(window, now);
        int at = Math.floorMod(part, PARTS);
        (hasFailed ? failed : completed)[at]++;
    }

    /** Drops results that are older than the window. */
    void forgetOld(Duration window, long now) {
        long next = now / Math.max(1, window.toNanos() / PARTS);
        if (next < part - 1) { // the clock was set back, so the age of the results is unknown
            forget();
        }
        for (long old = Math.max(part + 1, next - PARTS + 1); old <= next; old++) {
            completed[Math.floorMod(old, PARTS)] = 0;
            failed[Math.floorMod(old, PARTS)] = 0;
        }
        part = Math.max(part, next);
    }

    long failed() {
        return Arrays.stream(failed).sum();
    }

    long ended() {
        return failed() + Arrays.stream(completed).sum();
    }
}
