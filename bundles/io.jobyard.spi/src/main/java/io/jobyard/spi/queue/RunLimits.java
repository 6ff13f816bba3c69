// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.queue;

import io.jobyard.api.JobId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** Use of limits by the runs of this host, and queries about it. The leader gets the reports, too. A job must be running here. */
@ProviderType
public interface RunLimits {

    /**
     * Records that a run's handler begins: the amounts of the job count as drawn, and are restored over time. No effect if the job does not
     * run here.
     */
    void begun(JobId id);

    /** Reports additional use of a unit by a run, not negative. No effect if the job does not run here. */
    void used(JobId id, String unit, double amount);

    /**
     * Takes the amounts of a call from the limits of the job, first from those that its start has taken. Returns once that is stored, so
     * that it outlives the host.
     *
     * @param number identifies the call among all calls of the job
     * @param estimate expected use of each unit
     * @return false if the limits do not allow the call now, or the job does not run here: then it must not be made
     * @throws io.jobyard.api.StoreException if it is not stored: then it must not be made
     */
    boolean beginCall(JobId id, long number, Map<String, Double> estimate);

    /**
     * Ends a call by the number of its beginning, with any result: the unused part of its estimate is released, for each unit whose use the
     * run has reported since. No effect for a call that has not begun.
     */
    void endCall(JobId id, long number);

    /**
     * Returns how many of the first calls, at least 1, the next start of a job should take from its limits together, so that it takes no
     * more than they can provide at once.
     */
    int callsAtOnce(JobId id, List<Map<String, Double>> calls);

    /**
     * Applies the provider's remaining amount: rates of the job's limits have at most this amount from now on. No effect if the job does
     * not run here, or none of its limits counts the unit.
     *
     * @param left not negative
     * @param until if nothing is left, time until which the limits that count the unit are blocked
     */
    void remaining(JobId id, String unit, double left, Instant until);

    /**
     * Whether a budget of a job is over its warning threshold in this period. Reads the store if this host is not the leader.
     *
     * @return also false if no budget of the unit has a warning threshold, or the job does not run here
     * @throws io.jobyard.api.StoreException if the store does not answer
     */
    boolean isBudgetLow(JobId id, String unit);

    /** Blocks the limits of a job until an instant, because a run exceeded a provider's limit; false if the job has no limits. */
    boolean rateLimited(JobId id, Instant until);
}
