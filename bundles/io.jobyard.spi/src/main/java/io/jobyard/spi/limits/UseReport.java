// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.limits;

import io.jobyard.api.JobId;
import java.time.Instant;
import java.util.Map;

/** Report of a run about its use of limits. */
public sealed interface UseReport {

    /** Returns the running job. */
    JobId job();

    /** Reports that the job has begun to use the amounts that it has taken. */
    record RunBegun(JobId job) implements UseReport {}

    /**
     * Reports further use of a unit.
     *
     * @param amount additional use; not negative
     */
    record UnitUsed(JobId job, String unit, double amount) implements UseReport {}

    /**
     * Reports the provider's remaining amount of a unit.
     *
     * @param left remaining amount, not negative
     * @param until time until which the limits that count the unit are blocked if nothing is left
     */
    record UnitLeft(JobId job, String unit, double left, Instant until) implements UseReport {}

    /**
     * Reports that the job has exceeded a provider's limit, or timed out.
     *
     * @param until time until which jobs with the same limits should not start; {@link Instant#EPOCH} if it timed out
     */
    record LimitMet(JobId job, Instant until) implements UseReport {}

    /**
     * Reports the begin of a call with its own use of limits.
     *
     * @param number number of the call, unique in the job
     * @param estimate expected use of each unit
     */
    record CallBegun(JobId job, long number, Map<String, Double> estimate) implements UseReport {

        public CallBegun {
            estimate = Map.copyOf(estimate);
        }
    }

    /** Reports that the call with this number has ended. */
    record CallEnded(JobId job, long number) implements UseReport {}
}
