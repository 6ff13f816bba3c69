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

/** Queries of the current lanes of ready jobs, for explanations. */
@ProviderType
public interface ReadyLanes {

    /** Returns a snapshot of the lanes with jobs. */
    List<LaneView> all();

    /** Returns a snapshot of the number of ready jobs by type. */
    Map<String, Long> queuedByType();

    /** Returns the open lane whose first job has waited longest; empty if all are blocked or have no job. */
    Optional<LaneView> oldestOpen();

    /**
     * Returns one lane from the viewpoint of one of its jobs.
     *
     * @param upTo positions of the lane in order, up to the position of the job; their use of rates and budgets counts; empty for the first
     * job
     * @return current state, with the gates that block the job; empty if the lane has no ready job
     */
    Optional<LaneView> lane(LaneKey lane, List<ReadyJob> upTo);

    /**
     * Returns the first ready jobs in starting order, as if every gate were open and no further job arrived, without the early start of
     * aged jobs. Returns fewer if only part of the order is known.
     */
    List<ClaimCandidate> upcoming(int limit);

    /** Returns the number of open lanes before this lane; 0 if its first job is the next to start, apart from aged jobs. */
    int ahead(LaneKey lane);

    /** Returns the gates that would block a ready job if it were stored now; empty if it would only wait for its turn. */
    List<Blocker> foresee(StoredJob job);
}
