// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.store;

import io.jobyard.spi.jobs.Assignment;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a claim came to. Of places in neither list the listeners have heard that their job has ended, by the rule; or they
 * stand in their lane as before, because nothing was stored of them.
 *
 * @param runs what runs now, in the order asked
 * @param gone places whose job is not there, is not queued, or has moved to another place meanwhile
 */
public record ClaimResult(List<Assignment> runs, List<ClaimCandidate> gone) {

    public ClaimResult {
        runs = List.copyOf(runs);
        gone = List.copyOf(gone);
    }

    /**
     * Both together.
     *
     * @param next of places asked behind these
     * @return what the two came to
     */
    public ClaimResult and(ClaimResult next) {
        return new ClaimResult(
                Stream.concat(runs.stream(), next.runs.stream()).toList(),
                Stream.concat(gone.stream(), next.gone.stream()).toList());
    }
}
