// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.feed;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import org.jspecify.annotations.Nullable;

/**
 * Change of a job for the search index.
 *
 * @param version version of the job
 * @param queue queue in which the job is ready, runs or ran
 * @param isAll whether the change contains everything that the index needs; otherwise the index reads the row of the job
 */
public record FeedState(
        JobId job, int version, byte code, @Nullable String queue, boolean isAll) {

    /** Returns the state after a change. Starts and ends of runs contain everything that the index needs. */
    static FeedState of(JobId job, int version, SharedChange change) {
        HistoryEvent event = change.timeless();
        boolean isAll = change.queue() != null
                && event.from() != null
                && event.from() != event.to()
                && (event.to() == JobStatus.RUNNING || event.to().isFinished());
        return new FeedState(job, version, StateCode.of(event.to(), event.reason()), change.queue(), isAll);
    }

    static FeedState removed(JobId job) {
        return unknown(job, Integer.MAX_VALUE);
    }

    /** Returns a state for which the index must read the row of the job. */
    private static FeedState unknown(JobId job, int version) {
        return new FeedState(job, version, StateCode.GONE, null, false);
    }

    /** Merges this state with another state of the same job. */
    public FeedState and(FeedState other) {
        FeedState later = other.version > version ? other : this;
        return isAll && other.isAll ? later : unknown(job, later.version);
    }

    public FeedState unsure() {
        return unknown(job, version);
    }
}
