// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A limit as it was at one moment.
 *
 * @param name its name; of a value of a limit with a {@code key} also that, as {@code models=gpt-4o}
 * @param queued how many ready jobs draw on it
 * @param running how many running jobs do
 * @param runningMax how many may run at once; null for any number. Of a limit with a {@code key} that of each value, and so
 *     with the rates
 * @param rates what may be used in which time, by unit
 * @param shutBy why a job that says nothing of what it uses, and has no value, would not start now; empty if it would
 * @param key where jobs have the value by which they are counted apart: {@code payload.PATH} or {@code label.NAME}; null if
 *     all are counted together
 * @param valueCount how many values are known of
 * @param values the values with the most jobs, at most {@value #MOST_VALUES}
 * @param slots how many places of {@code runningMax} the running jobs take; as many as there are jobs unless some take more than one
 * @param source what says what it is: {@code file}, or {@code stored} of one that was made while the host ran; null if nothing does, and
 *     of a value
 */
public record LimitStatus(
        String name,
        long queued,
        int running,
        @Nullable Integer runningMax,
        List<Rate> rates,
        List<Blocker> shutBy,
        @Nullable String key,
        int valueCount,
        List<LimitStatus> values,
        int slots,
        @Nullable String source) {

    /** How many values of a limit are told. */
    public static final int MOST_VALUES = 20;

    public LimitStatus {
        rates = List.copyOf(rates);
        shutBy = List.copyOf(shutBy);
        values = List.copyOf(values);
    }

    /**
     * A limit that counts all jobs together, or one value.
     *
     * @param queued how many ready jobs draw on it
     * @param running how many running jobs do
     * @param runningMax how many may run at once; null for any number
     * @param rates what may be used in which time, by unit
     * @param shutBy why a job that says nothing of what it uses would not start now; empty if it would
     */
    public LimitStatus(
            String name,
            long queued,
            int running,
            @Nullable Integer runningMax,
            List<Rate> rates,
            List<Blocker> shutBy) {
        this(name, queued, running, runningMax, rates, shutBy, null, 0, List.of(), running, null);
    }

    /**
     * One unit of a limit.
     *
     * @param unit the unit, such as {@code tokens}
     * @param rate what may be used in which time, such as {@code 100000/m}
     * @param burst how much may be used at once when nothing was used for long
     * @param remaining how much is left now; below zero, more was used than there was
     * @param fullAt when all of the burst is there again, if nothing more is used; null if it is
     * @param warningPercent of a budget, how much of it may be used in a period before that is told; null if it is never told
     * @param warningPassed whether so much was used in this period
     */
    public record Rate(
            String unit,
            String rate,
            double burst,
            double remaining,
            @Nullable Instant fullAt,
            @Nullable Integer warningPercent,
            boolean warningPassed) {

        /**
         * One without a warning threshold.
         *
         * @param unit the unit, such as {@code tokens}
         * @param rate what may be used in which time
         * @param burst how much may be used at once when nothing was used for long
         * @param remaining how much is left now
         * @param fullAt when all of the burst is there again, if nothing more is used; null if it is
         */
        public Rate(String unit, String rate, double burst, double remaining, @Nullable Instant fullAt) {
            this(unit, rate, burst, remaining, fullAt, null, false);
        }
    }
}
