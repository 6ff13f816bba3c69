// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

/**
 * How many jobs the workers would begin within a short while at the recent pace, so that short jobs may be handed ahead
 * and share a commit. Safe for use by several threads.
 */
final class Pace {

    static final long AHEAD_NANOS = 20_000_000;
    private static final int MOST_AHEAD = 64;
    private static final double WEIGHT = 0.1;

    private double meanNanos = Double.MAX_VALUE;

    /** A run took so long. */
    synchronized void took(long nanos) {
        meanNanos = meanNanos == Double.MAX_VALUE ? nanos : meanNanos + WEIGHT * (nanos - meanNanos);
    }

    /** How many runs so many threads would begin within 20 ms. */
    synchronized int ahead(long threads) {
        return (int) Math.min(MOST_AHEAD, threads * AHEAD_NANOS / Math.max(1, meanNanos));
    }
}
