// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import java.time.Duration;

/**
 * How many jobs the workers would begin within a short while at the recent pace, so that short jobs may be handed ahead
 * and share a commit. What is handed ahead goes before a more urgent job, so a long run is heard at once, and forgotten
 * slowly. Safe for use by several threads.
 */
final class Pace {

    /** How far ahead. */
    static final Duration AHEAD = Duration.ofMillis(20);

    private static final int MOST_AHEAD = 64;
    private static final double WEIGHT = 0.1;

    private final long aheadNanos;
    private double recentNanos = Double.MAX_VALUE;

    /** Hands ahead what begins within that time; of zero, nothing. */
    Pace(Duration ahead) {
        aheadNanos = ahead.toNanos();
    }

    /** A run had its thread for so long. */
    synchronized void took(long nanos) {
        recentNanos =
                recentNanos == Double.MAX_VALUE ? nanos : Math.max(nanos, recentNanos + WEIGHT * (nanos - recentNanos));
    }

    /** How many runs so many threads would begin within that time. */
    synchronized int ahead(long threads) {
        return (int) Math.min(MOST_AHEAD, threads * aheadNanos / Math.max(1, recentNanos));
    }

    /** What runs for longer does not make room within that time. */
    long aheadNanos() {
        return aheadNanos;
    }
}
