// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.feed;

import io.jobyard.api.JobEvent;
import io.jobyard.api.JobId;
import io.jobyard.spi.jobs.JobSummary;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A stored change.
 *
 * @param before the job before; null for an admission
 * @param releases whether the same commit wrote a release marker that concerns this job
 * @param event the entry in the history; null if only internal state changed
 * @param elsewhere whether another host made it
 */
public record Committed(
        @Nullable JobSummary before,
        JobSummary after,
        boolean releases,
        @Nullable JobEvent event,
        boolean elsewhere) {

    /**
     * Creates a change of this host, by a transaction with known release markers.
     *
     * @param awaited the jobs that it waits for from now on
     * @param marked the jobs that have a release marker after the transaction
     */
    public static Committed of(
            @Nullable JobSummary before,
            JobSummary after,
            Set<JobId> awaited,
            Set<JobId> marked,
            @Nullable JobEvent event) {
        boolean releases = after.status().isFinished() && marked.contains(after.id())
                || awaited.stream().anyMatch(marked::contains);
        return new Committed(before, after, releases, event, false);
    }
}
