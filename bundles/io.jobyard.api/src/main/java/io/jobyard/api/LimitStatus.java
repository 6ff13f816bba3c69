// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Snapshot of a limit.
 *
 * @param name name of the limit; for one value of a limit with a {@code key}, including the value, for example {@code models=gpt-4o}
 * @param runningMax current maximum number of simultaneous runs; null for no limit. With a {@code key}, this and the rates apply to each value
 * @param rates allowed use per time, by unit
 * @param shutBy reasons why a job without an estimate and without a value would not start now; empty if it would
 * @param values the values by which jobs are counted separately
 * @param source origin of the definition: {@code file}, or {@code stored} if it was created at run time; null without a definition, and for
 * a value
 * @param adaptive lowest and highest {@code runningMax} if it follows the answers of the provider, for example {@code 10..500}; null if it
 * is fixed
 */
public record LimitStatus(
        String name,
        LimitJobs jobs,
        @Nullable Integer runningMax,
        List<RateStatus> rates,
        List<Blocker> shutBy,
        CountedValues values,
        @Nullable String source,
        @Nullable String adaptive) {

    /** Maximum number of values of a limit that are included. */
    public static final int MOST_VALUES = 20;

    /**
     * Creates the status of a limit with a fixed {@code runningMax}.
     *
     * @param name name of the limit
     * @param jobs jobs that use it
     * @param runningMax maximum number of simultaneous runs; null for no limit
     * @param rates allowed use per time, by unit
     * @param shutBy reasons why a job would not start now
     * @param values the values by which jobs are counted separately
     * @param source origin of the definition; null without one
     */
    public LimitStatus(
            String name,
            LimitJobs jobs,
            @Nullable Integer runningMax,
            List<RateStatus> rates,
            List<Blocker> shutBy,
            CountedValues values,
            @Nullable String source) {
        this(name, jobs, runningMax, rates, shutBy, values, source, null);
    }

    public LimitStatus {
        rates = List.copyOf(rates);
        shutBy = List.copyOf(shutBy);
    }

    /**
     * Jobs that use a limit.
     *
     * @param queued number of ready jobs
     * @param running number of running jobs
     * @param slots slots of {@code runningMax} that the running jobs take; equal to their number unless some take more than one
     */
    public record LimitJobs(long queued, int running, int slots) {}

    /**
     * Values that a limit counts separately.
     *
     * @param key location of the value in jobs: {@code payload.PATH} or {@code label.NAME}; null if all jobs are counted together
     * @param count number of known values
     * @param most values with the most jobs, at most {@value #MOST_VALUES}
     */
    public record CountedValues(@Nullable String key, int count, List<LimitStatus> most) {

        /** No separate values: all jobs are counted together. */
        public static final CountedValues NONE = new CountedValues(null, 0, List.of());

        public CountedValues {
            most = List.copyOf(most);
        }
    }

    /**
     * Unit of a limit.
     *
     * @param unit the unit, for example {@code tokens}
     * @param rate allowed use per time, for example {@code 100000/m}
     * @param burst amount that may be used at once after a long pause
     * @param remaining amount left now; negative if more was used than allowed
     * @param fullAt time at which the whole burst is available again without further use; null if it is available now
     * @param warningPercent for a budget, percentage of use in a period that triggers a warning; null for no warning
     * @param warningPassed whether the warning threshold was exceeded in this period
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
         * Creates a status without a warning threshold.
         *
         * @param unit the unit, for example {@code tokens}
         * @param rate allowed use per time
         * @param burst amount that may be used at once after a long pause
         * @param remaining amount left now
         * @param fullAt time at which the whole burst is available again without further use; null if it is available now
         */
        public RateStatus(String unit, String rate, double burst, double remaining, @Nullable Instant fullAt) {
            this(unit, rate, burst, remaining, fullAt, null, false);
        }
    }
}
