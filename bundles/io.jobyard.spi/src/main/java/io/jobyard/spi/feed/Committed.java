// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.feed;

import io.jobyard.api.JobEvent;
import io.jobyard.api.JobId;
import io.jobyard.spi.jobs.JobSummary;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stored change of a job.
 *
 * @param before job before the change; null for an admission
 * @param releases whether the same commit wrote a release marker that concerns this job
 * @param event entry in the history; null if only internal state changed
 * @param elsewhere whether another host made the change
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
     * @param awaited jobs that the job waits for from now on
     * @param marked jobs that have a release marker after the transaction
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
