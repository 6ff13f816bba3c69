// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a submit would come to now. Nothing of it is stored.
 *
 * @param problems why it would be refused; empty if it would not
 * @param job the job as it would be, under an id that no job has; null if it would be refused
 * @param queue the queue it would stand in; null if it would be refused
 * @param duplicateOf the job that has its key, and that would be the answer; null if there is none
 * @param replaces whether that job would become this one
 * @param blockedBy what would keep it from starting, if it were stored now; empty if nothing but its turn would
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

    /**
     * Whether the submit would be taken.
     *
     * @return true if there is no problem
     */
    public boolean isValid() {
        return problems.isEmpty();
    }

    /**
     * When all that would hold it is over, as far as it is known by itself.
     *
     * @return the instant; null if nothing would hold it, or something would of which no end is known
     */
    public @Nullable Instant startsAt() {
        return blockedBy.stream().allMatch(blocker -> blocker.until() != null) ? earliestStart() : null;
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
