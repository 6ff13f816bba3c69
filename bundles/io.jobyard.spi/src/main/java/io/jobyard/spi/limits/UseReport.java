// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.limits;

import io.jobyard.api.JobId;
import java.time.Instant;
import java.util.Map;

/** What a run tells of the limits of its job. */
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
     * The other side has so much of a unit left.
     *
     * @param left not negative
     * @param until until when the limits are shut that count the unit, if nothing is left
     */
    record UnitLeft(JobId job, String unit, double left, Instant until) implements UseReport {}

    /**
     * It met a limit of the other side.
     *
     * @param until until when nothing that draws on the same limits should start
     */
    record LimitMet(JobId job, Instant until) implements UseReport {}

    /**
     * It begins a call that draws on limits by itself.
     *
     * @param number tells it from all other calls of the job
     * @param estimate what it may use of each unit
     */
    record CallBegun(JobId job, long number, Map<String, Double> estimate) implements UseReport {

        public CallBegun {
            estimate = Map.copyOf(estimate);
        }
    }

    /** The call of that number is over. */
    record CallEnded(JobId job, long number) implements UseReport {}
}
