// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.limits;

import io.jobyard.api.JobId;
import java.time.Instant;
import java.util.Map;

/** Report of a run about the limits of its job. */
public sealed interface UseReport {

    /** The job, while it runs. */
    JobId job();

    /** It has begun to use what was taken for it. */
    record RunBegun(JobId job) implements UseReport {}

    /**
     * It has used more of a unit.
     *
     * @param amount how much more than before; not negative
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
     * It met a limit of the other side.
     *
     * @param until until when nothing that draws on the same limits should start
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

    /** The call of that number is over. */
    record CallEnded(JobId job, long number) implements UseReport {}
}
