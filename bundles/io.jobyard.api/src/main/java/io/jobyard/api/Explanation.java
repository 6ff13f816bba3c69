// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a job does not run just now, from the predicates that decide it; or that it does, or how it ended.
 *
 * @param detail while it runs, since when and where; once it is over, when, after how many attempts and why; else empty
 * @param blockedBy all that keeps it from starting, in the order in which it is asked; empty if it runs or is final
 */
public record Explanation(JobId id, JobStatus status, String detail, List<Blocker> blockedBy) {

    public Explanation {
        blockedBy = List.copyOf(blockedBy);
    }

    /**
     * The latest of the known times at which something that holds it ends: it starts no earlier.
     *
     * @return the instant; null if no such time is known
     */
    public @Nullable Instant earliestStart() {
        return Blocker.latestEnd(blockedBy);
    }
}
