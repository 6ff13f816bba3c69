// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.feed;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import org.jspecify.annotations.Nullable;

/**
 * Entry of a row of the feed for the search index.
 *
 * @param version of the job
 * @param queue in which the job is ready, runs or ran
 * @param isAll whether nothing else that the index contains can have changed; otherwise the index reads the job's row
 */
public record FeedState(
        JobId job, int version, byte code, @Nullable String queue, boolean isAll) {

    /** Starts and ends change nothing else, and have a queue. */
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

    /** Returns the state of a job whose row is still to be read. */
    private static FeedState unknown(JobId job, int version) {
        return new FeedState(job, version, StateCode.GONE, null, false);
    }

    /** Together with another one of the same job. */
    public FeedState and(FeedState other) {
        FeedState later = other.version > version ? other : this;
        return isAll && other.isAll ? later : unknown(job, later.version);
    }

    public FeedState unsure() {
        return unknown(job, version);
    }
}
