// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A limit as it was at one moment.
 *
 * @param name its name
 * @param queued how many ready jobs draw on it
 * @param running how many running jobs do
 * @param runningMax how many may run at once; null for any number
 * @param rates what may be used in which time, by unit
 * @param shutBy why a job that says nothing of what it uses would not start now; empty if it would
 */
public record LimitStatus(
        String name, long queued, int running, @Nullable Integer runningMax, List<Rate> rates, List<Blocker> shutBy) {

    /**
     * Copies the lists.
     *
     * @param name its name
     * @param queued how many ready jobs draw on it
     * @param running how many running jobs do
     * @param runningMax how many may run at once; null for any number
     * @param rates what may be used in which time, by unit
     * @param shutBy why a job that says nothing of what it uses would not start now; empty if it would
     */
    public LimitStatus {
        rates = List.copyOf(rates);
        shutBy = List.copyOf(shutBy);
    }

    /**
     * One unit of a limit.
     *
     * @param unit the unit, such as {@code tokens}
     * @param rate what may be used in which time, such as {@code 100000/m}
     * @param burst how much may be used at once when nothing was used for long
     * @param level how much is left now; below zero, more was used than there was
     * @param fullAt when all of the burst is there again, if nothing more is used; null if it is
     */
    public record Rate(
            String unit,
            String rate,
            double burst,
            double level,
            @Nullable Instant fullAt) {}
}
