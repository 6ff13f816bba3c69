// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Explanation why a job is not running, when it started, or how it ended. It uses the same conditions as the start of jobs.
 *
 * @param detail for a running job, its start and its host; for a finished job, its end, its attempts and the reason; otherwise empty
 * @param blockedBy all conditions that keep the job from starting, in the order of the checks; empty for a running or finished job
 */
public record Explanation(JobId id, JobStatus status, String detail, List<Blocker> blockedBy) {

    public Explanation {
        blockedBy = List.copyOf(blockedBy);
    }

    /** {@return the earliest possible start: the latest known end of a blocker; null if unknown} */
    public @Nullable Instant earliestStart() {
        return Blocker.latestEnd(blockedBy);
    }
}
