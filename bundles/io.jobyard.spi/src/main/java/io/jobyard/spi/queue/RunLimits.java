// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.queue;

import io.jobyard.api.JobId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** What the runs of this host tell and ask of the limits of their jobs. Of what they tell the leader hears, too. A job is one that runs here. */
@ProviderType
public interface RunLimits {

    /**
     * A run's handler is at its first line next: what was taken for the job counts as drawn from now on, and comes back.
     * Without effect if the job does not run here.
     */
    void begun(JobId id);

    /**
     * A run says that it has used so much of a unit. Without effect if the job does not run here.
     *
     * @param amount how much more than before; not negative
     */
    void used(JobId id, String unit, double amount);

    /**
     * A run is to make a call: what that may use is taken from the limits of its job, first of what its start has taken. Returns once that is
     * stored, so that it outlives the host.
     *
     * @param number tells the call from all others of the job
     * @param estimate what it may use of each unit
     * @return false if the limits do not let it through now, or the job does not run here: then it must not be made
     * @throws io.jobyard.api.StoreException if it is not stored: then it must not be made
     */
    boolean beginCall(JobId id, long number, Map<String, Double> estimate);

    /**
     * A call is over, however it ended: what it was estimated to use and has not comes back, of each unit of which the run has told its use
     * since. Without effect for a call that has not begun.
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
     * Whether a budget that a job draws on is past its warning threshold in this period. Asked of the store where this host is not the leader.
     *
     * @return false also if no budget of the unit has a warning threshold, or the job does not run here
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
