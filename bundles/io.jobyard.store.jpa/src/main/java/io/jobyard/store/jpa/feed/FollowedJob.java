// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.feed;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.spi.jobs.JobSummary;
import io.jobyard.spi.jobs.LaneKey;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A job as the feed tells of it. */
record FollowedJob(
        JobId id,
        int version,
        LaneKey lane,
        JobStatus status,
        @Nullable Reason reason,
        int run,
        @Nullable UUID incarnation,
        @Nullable String queue,
        boolean cancelRequested,
        Instant changedAt,
        @Nullable Instant startedAt,
        @Nullable Instant readyAt,
        @Nullable Instant dueAt,
        Map<String, Double> estimate)
        implements JobSummary {}
