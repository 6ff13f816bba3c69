// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks;

/** The time that so many percent do not exceed. */
public final class Percentile {

    private Percentile() {}

    /** In milliseconds, of nanoseconds that are sorted. */
    public static double millis(long[] sortedNanos, int percent) {
        return sortedNanos[Math.min(sortedNanos.length - 1, sortedNanos.length * percent / 100)] / 1e6;
    }
}
