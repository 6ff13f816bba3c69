// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A limit as it was at one moment.
 *
 * @param name its name; of a value of a limit with a {@code key} also that, as {@code models=gpt-4o}
 * @param runningMax how many may run at once; null for any number. Of a limit with a {@code key} that of each value, and so
 *     with the rates
 * @param rates what may be used in which time, by unit
 * @param shutBy why a job that says nothing of what it uses, and has no value, would not start now; empty if it would
 * @param values the values by which jobs are counted apart
 * @param source what says what it is: {@code file}, or {@code stored} of one that was made while the host ran; null if nothing does, and
 *     of a value
 */
public record LimitStatus(
        String name,
        LimitJobs jobs,
        @Nullable Integer runningMax,
        List<RateStatus> rates,
        List<Blocker> shutBy,
        CountedValues values,
        @Nullable String source) {

    /** How many values of a limit are told. */
    public static final int MOST_VALUES = 20;

    public LimitStatus {
        rates = List.copyOf(rates);
        shutBy = List.copyOf(shutBy);
    }

    /**
     * The jobs that draw on a limit.
     *
     * @param queued how many ready jobs
     * @param running how many running jobs
     * @param slots how many places of {@code runningMax} the running jobs take; as many as there are jobs unless some take more than one
     */
    public record LimitJobs(long queued, int running, int slots) {}

    /**
     * The values that a limit counts apart.
     *
     * @param key where jobs have the value: {@code payload.PATH} or {@code label.NAME}; null if all jobs are counted together
     * @param count how many values are known of
     * @param most the values with the most jobs, at most {@value #MOST_VALUES}
     */
    public record CountedValues(@Nullable String key, int count, List<LimitStatus> most) {

        /** All jobs are counted together. */
        public static final CountedValues NONE = new CountedValues(null, 0, List.of());

        public CountedValues {
            most = List.copyOf(most);
        }
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
    public record RateStatus(
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
        public RateStatus(String unit, String rate, double burst, double remaining, @Nullable Instant fullAt) {
            this(unit, rate, burst, remaining, fullAt, null, false);
        }
    }
}
