// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Number of jobs that the workers can begin within a short period at the recent pace, so that short jobs can be assigned in advance and
 * share a commit. Assigned jobs run before a more urgent job. So their number is limited to the starts in a recent period, whatever the
 * reason for a slow start was. A long run counts immediately, and its effect fades slowly.
 */
final class Prefetch {

    /** Default period. */
    static final Duration AHEAD = Duration.ofMillis(20);

    /**
     * Number of runs that share a commit well. More are assigned only within half of the period, because an urgent job waits for the commit
     * of all of them.
     */
    private static final int WELL_AHEAD = 64;

    private static final int MOST_AHEAD = 256;

    private static final double WEIGHT = 0.1;
    /** Number of periods over which the pace is measured, because runs begin in bursts, one burst per commit. */
    private static final int WHILES = 5;

    private final long aheadNanos;
    private final Deque<Long> begun = new ArrayDeque<>();
    private double recentNanos = Double.MAX_VALUE;

    /** @param ahead the period; zero if no runs are assigned in advance */
    Prefetch(Duration ahead) {
        aheadNanos = ahead.toNanos();
    }

    /** Records that a run has got its thread. */
    synchronized void began(long now) {
        begun.add(now);
        if (begun.size() > 2 * WHILES * MOST_AHEAD) {
            begun.remove();
        }
    }

    /** Records how long a run kept its thread. */
    synchronized void took(long nanos) {
        recentNanos =
                recentNanos == Double.MAX_VALUE ? nanos : Math.max(nanos, recentNanos + WEIGHT * (nanos - recentNanos));
    }

    /** Returns the number of runs to assign in advance: those that the threads can begin within the period. */
    synchronized int ahead(long threads, long now) {
        while (!begun.isEmpty() && now - begun.peek() > WHILES * aheadNanos) {
            begun.remove();
        }
        int lately = begun.size() / WHILES;
        int most = Math.min(lately, Math.max(WELL_AHEAD, lately / 2));
        return (int) Math.min(most, able(threads));
    }

    /**
     * Returns the number of runs that may wait or be in flight. A claim may wait for the previous commit, so threads that are always busy
     * need twice as many. Threads that wait for commits do not: more runs would only make commits longer.
     */
    synchronized int inStock(long threads, long now) {
        int ahead = ahead(threads, now);
        long able = Math.max(1, able(threads));
        return ahead + (int) (ahead * Math.min(begun.size() / WHILES, able) / able);
    }

    private long able(long threads) {
        return (long) (threads * aheadNanos / Math.max(1, recentNanos));
    }

    /** Returns the period within which a run must end to free its thread for an assigned run, in nanoseconds. */
    long aheadNanos() {
        return aheadNanos;
    }
}
