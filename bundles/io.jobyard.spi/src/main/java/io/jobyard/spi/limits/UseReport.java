// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.limits;

import io.jobyard.api.JobId;
import java.time.Instant;
import java.util.Map;

/** Report of a run about the limits of its job. */
public sealed interface UseReport {

    /** The job, while it runs. */
    JobId job();

    /** The job has begun to use the amounts that were taken for it. */
    record RunBegun(JobId job) implements UseReport {}

    /**
     * The job has used more of a unit.
     *
     * @param amount additional use; not negative
     */
    record UnitUsed(JobId job, String unit, double amount) implements UseReport {}

    /**
     * Reports the provider's remaining amount of a unit.
     *
     * @param left not negative
     * @param until if nothing is left, time until which the limits that count the unit are blocked
     */
    record UnitLeft(JobId job, String unit, double left, Instant until) implements UseReport {}

    /**
     * The job exceeded a provider's limit.
     *
     * @param until time until which jobs with the same limits should not start
     */
    record LimitMet(JobId job, Instant until) implements UseReport {}

    /**
     * Reports the begin of a call with its own use of limits.
     *
     * @param number unique among the calls of the job
     * @param estimate expected use of each unit
     */
    record CallBegun(JobId job, long number, Map<String, Double> estimate) implements UseReport {

        public CallBegun {
            estimate = Map.copyOf(estimate);
        }
    }

    /** The call with this number has ended. */
    record CallEnded(JobId job, long number) implements UseReport {}
}
