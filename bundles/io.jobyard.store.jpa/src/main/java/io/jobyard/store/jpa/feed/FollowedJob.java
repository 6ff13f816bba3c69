// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.feed;

import io.jobyard.api.JobId;
import io.jobyard.api.JobState;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.spi.jobs.JobSummary;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.SchedulingState;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** State of a job, as a row of the feed contains it for other hosts. */
record FollowedJob(
        JobId id,
        LaneKey lane,
        @Nullable String queue,
        JobState state,
        SchedulingState books,
        Map<String, Double> estimate)
        implements JobSummary {

    static JobState state(
            JobStatus status, @Nullable Reason reason, int run, Instant changedAt, @Nullable Instant startedAt) {
        return new JobState(
                status, reason, changedAt, null, null, new JobState.RunState(run, 0, startedAt, null, null, null));
    }

    static SchedulingState books(
            int version,
            boolean cancelRequested,
            @Nullable UUID incarnation,
            @Nullable Instant readyAt,
            @Nullable Instant dueAt) {
        return new SchedulingState(version, 0, 0, cancelRequested, incarnation, readyAt, dueAt);
    }
}
