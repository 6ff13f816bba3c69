// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.store;

import io.jobyard.spi.jobs.Assignment;
import java.util.List;
import java.util.stream.Stream;

/**
 * Result of a claim. A position may be in neither list: then the rule has ended the job and the listeners were notified, or nothing was
 * stored and the job remains in its lane.
 *
 * @param runs the started runs, in the requested order
 * @param gone positions whose job is unknown, is not queued, or has meanwhile moved
 */
public record ClaimResult(List<Assignment> runs, List<ClaimCandidate> gone) {

    public ClaimResult {
        runs = List.copyOf(runs);
        gone = List.copyOf(gone);
    }

    /** Combines this result with that of later positions. */
    public ClaimResult and(ClaimResult next) {
        return new ClaimResult(
                Stream.concat(runs.stream(), next.runs.stream()).toList(),
                Stream.concat(gone.stream(), next.gone.stream()).toList());
    }
}
