// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Preview of a submit. Nothing is stored.
 *
 * @param problems reasons for a rejection; empty if the submit would be accepted
 * @param job job as it would be stored, with an unused ID; null if rejected
 * @param queue queue of the job; null if rejected
 * @param duplicateOf job that holds the key and would be returned; null for none
 * @param replaces whether this job would replace that job
 * @param blockedBy conditions that would block the start of the job if it were stored now; empty if it would only wait for its turn
 */
public record Preview(
        List<String> problems,
        @Nullable Job job,
        @Nullable String queue,
        @Nullable JobId duplicateOf,
        boolean replaces,
        List<Blocker> blockedBy) {

    public Preview {
        problems = List.copyOf(problems);
        blockedBy = List.copyOf(blockedBy);
    }

    /** {@return whether the submit would be accepted: true without problems} */
    public boolean isValid() {
        return problems.isEmpty();
    }

    /** {@return the expected start; null if nothing would block it, or the end of a blocker is unknown} */
    public @Nullable Instant startsAt() {
        return blockedBy.stream().allMatch(blocker -> blocker.until() != null) ? earliestStart() : null;
    }

    /** {@return the earliest possible start: the latest known end of a blocker; null if unknown} */
    public @Nullable Instant earliestStart() {
        return Blocker.latestEnd(blockedBy);
    }
}
