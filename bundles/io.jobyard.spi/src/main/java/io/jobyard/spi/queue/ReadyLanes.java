// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.queue;

import io.jobyard.api.Blocker;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.ReadyJob;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.ClaimCandidate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The lanes of ready jobs as they are now, for whoever explains them. */
@ProviderType
public interface ReadyLanes {

    /** A snapshot of the lanes that are not empty. */
    List<LaneView> all();

    /** A snapshot of how many ready jobs there are of each type that has any. */
    Map<String, Long> queuedByType();

    /** Of the lanes that nothing holds, the one whose first job has waited longest; empty if each is held, or none has a job. */
    Optional<LaneView> oldestOpen();

    /**
     * One lane, as one of its jobs meets it.
     *
     * @param upTo the places of the lane in order, up to that of the job: what they draw of rates and budgets counts; empty
     *     for the lane's head
     * @return how it is now, with the gates that hold the job; empty if no ready job stands in it
     */
    Optional<LaneView> lane(LaneKey lane, List<ReadyJob> upTo);

    /**
     * The ready jobs that are first in order: as they would start if every gate were open and no other job came, those
     * aside that start earlier for their age.
     *
     * @return the first first; fewer than there are where the order is only known in part
     */
    List<ClaimCandidate> upcoming(int limit);

    /**
     * How many open lanes come before one.
     *
     * @return 0 if its first job is the next to start, but for aged ones
     */
    int ahead(LaneKey lane);

    /** What would hold a job that is ready, if it were stored now: by the gates; empty if nothing but its turn would. */
    List<Blocker> foresee(StoredJob job);
}
