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
     * A run's handler is at its first line next: what was taken for the job counts as drawn from now on, and comes back.
     * Without effect if the job does not run here.
     */
    void begun(JobId id);

    /**
     * Reports use of a unit by a run. No effect if the job does not run here.
     *
     * @param amount additional use; not negative
     */
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
     * Ends a call, with any result: the unused part of its estimate is released, for each unit whose use the run has reported since. No
     * effect for a call that has not begun.
     *
     * @param number the number of its beginning
     */
    void endCall(JobId id, long number);

    /**
     * How many calls the next start of a job should take from its limits at once, so that it takes no more than these can give at once.
     *
     * @param calls what each may use, in order; at least one
     * @return how many of the first; 1 at least
     */
    int callsAtOnce(JobId id, List<Map<String, Double>> calls);

    /**
     * A run says how much of a unit the other side has left: rates of the job's limits have no more than that from now on. Without effect
     * if the job does not run here, or no limit of it counts the unit.
     *
     * @param left how much is left; not negative
     * @param until until when the limits are shut that count the unit, if nothing is left
     */
    void remaining(JobId id, String unit, double left, Instant until);

    /**
     * Whether a budget of a job is over its warning threshold in this period. Reads the store if this host is not the leader.
     *
     * @return also false if no budget of the unit has a warning threshold, or the job does not run here
     * @throws io.jobyard.api.StoreException if the store does not answer
     */
    boolean isBudgetLow(JobId id, String unit);

    /**
     * A run met a limit on the other side: nothing that draws on the limits of its job starts for a while.
     *
     * @param until when the limits open again
     * @return whether the job has limits
     */
    boolean rateLimited(JobId id, Instant until);
}
