// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a job is not running, from the predicates that decide it; or when it started; or how it ended.
 *
 * @param detail for a running job, its start and its host; for a finished one, its end, its attempts and the reason; otherwise empty
 * @param blockedBy everything that keeps it from starting, in the order of the checks; empty for a running or final job
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
