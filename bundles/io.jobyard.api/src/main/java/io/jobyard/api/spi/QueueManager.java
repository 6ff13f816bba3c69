// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.spi;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Decides which ready job is next. Holds lanes in memory, fed by the store's commits. Safe for several threads. */
@ProviderType
public interface QueueManager {

    /**
     * Takes the jobs that are next, waiting until there is at least one whose lane is open.
     *
     * @param max how many at most
     * @param patience how long to wait
     * @return the jobs in the order in which they should start; empty when the time was over
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    List<Taken> take(int max, Duration patience) throws InterruptedException;

    /**
     * Returns jobs that were taken and could not be started for a reason that is not theirs.
     *
     * @param jobs what {@link #take} gave
     */
    void putBack(List<Taken> jobs);

    /**
     * Drops jobs that were taken and turned out not to be ready any more.
     *
     * @param jobs what {@link #take} gave
     */
    void forget(List<Taken> jobs);

    /** Asks the gates again: one of them may have opened. */
    void wake();

    /**
     * How many levels there are.
     *
     * @return {@code priority.levels}
     */
    int levels();

    /**
     * The level of a job that asked for none.
     *
     * @return {@code min(5, levels)}
     */
    int defaultLevel();

    /**
     * The lanes that are not empty.
     *
     * @return a snapshot
     */
    List<LaneView> lanes();

    /**
     * One lane.
     *
     * @param lane the lane
     * @return how it is now; empty if no ready job stands in it
     */
    Optional<LaneView> lane(LaneKey lane);
}
