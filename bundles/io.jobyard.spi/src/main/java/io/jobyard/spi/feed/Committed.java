// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.feed;

import io.jobyard.api.JobEvent;
import io.jobyard.api.JobId;
import io.jobyard.spi.jobs.JobSummary;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One change that is stored.
 *
 * @param before the job before; null for an admission
 * @param releases whether the same commit wrote a release marker that concerns this job
 * @param event what the history says of it; null when only the books changed
 * @param elsewhere whether another host made it
 */
public record Committed(
        @Nullable JobSummary before,
        JobSummary after,
        boolean releases,
        @Nullable JobEvent event,
        boolean elsewhere) {

    /**
     * A change of this host, by a transaction whose release markers are known.
     *
     * @param before the job before; null for an admission
     * @param awaited the jobs that it waits for from now on
     * @param marked the jobs that have a release marker after the transaction
     * @param event what the history says of it; null when only the books changed
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
