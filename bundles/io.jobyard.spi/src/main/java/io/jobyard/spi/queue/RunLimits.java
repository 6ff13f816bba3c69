// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.queue;

import io.jobyard.api.JobId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Reports and queries about the use of limits by runs of this host. The leader also gets the reports. The job must be running on this host.
 */
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
     * Takes the amounts of a call from the limits of the job, first from the amounts that its start has taken. Returns when this is stored,
     * so that a loss of the host does not revert it.
     *
     * @param number number of the call, unique in the job
     * @param estimate expected use of each unit
     * @return whether the call may be made; false if the limits do not allow it now, or the job does not run here
     * @throws io.jobyard.api.StoreException if the amounts could not be stored; then the call must not be made
     */
    boolean beginCall(JobId id, long number, Map<String, Double> estimate);

    /**
     * Ends a call, whatever its result. Releases the unused part of its estimate, for each unit whose use the run has reported since. Has
     * no effect on a call that has not begun.
     *
     * @param number number from {@link #beginCall}
     */
    void endCall(JobId id, long number);

    /**
     * Returns the number of first calls, at least 1, whose amounts the next start of the job should take from its limits together, so that
     * it takes no more than they can provide at once.
     */
    int callsAtOnce(JobId id, List<Map<String, Double>> calls);

    /**
     * Applies the provider's remaining amount: rates of the job's limits have at most this amount from now on. No effect if the job does
     * not run here, or none of its limits counts the unit.
     *
     * @param left remaining amount, not negative
     * @param until time until which the limits that count the unit are blocked if nothing is left
     */
    void remaining(JobId id, String unit, double left, Instant until);

    /**
     * Returns whether a budget of a job is over its warning threshold in this period. Reads the store if this host is not the leader.
     *
     * @return also false if no budget of the unit has a warning threshold, or the job does not run here
     * @throws io.jobyard.api.StoreException if the store does not answer
     */
    boolean isBudgetLow(JobId id, String unit);

    /** Blocks the limits of a job until an instant, because a run exceeded a provider's limit. Returns false if the job has no limits. */
    boolean rateLimited(JobId id, Instant until);

    /**
     * Lowers the adaptive limits of a job, because a run timed out, or a provider refused its call. No effect if the job has none, or does
     * not run here.
     */
    void overloaded(JobId id);
}
