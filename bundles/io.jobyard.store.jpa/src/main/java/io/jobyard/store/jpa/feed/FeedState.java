// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.feed;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import org.jspecify.annotations.Nullable;

/**
 * What a row of the feed tells the search index of a job.
 *
 * @param version the job's
 * @param queue the queue that it stands in, runs in or ran in
 * @param isAll whether nothing else may have changed that the index knows; else the job's row says it
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

    /** Whose row is to be read. */
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
