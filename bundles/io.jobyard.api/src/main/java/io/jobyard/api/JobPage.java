// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Jobs that were found. A search that finds few among many may end early, with what it has found by then.
 *
 * @param jobs in the order that was asked for, as they are now
 * @param next what the query for the next page follows ({@link JobQuery#withAfter}); null if there is no more. Jobs that
 *     come or change meanwhile are neither shown twice for that, nor hide others
 * @param lookedBackTo if the search ended early, the time since whose creation all jobs were looked at, and with the oldest
 *     first the time until which; else null
 * @param asOf if the index did not know the latest commits yet, the time of the first one that it did not know: jobs that
 *     have come or changed since may be missing; else null
 */
public record JobPage(
        List<Job> jobs,
        @Nullable JobId next,
        @Nullable Instant lookedBackTo,
        @Nullable Instant asOf) {

    public JobPage {
        jobs = List.copyOf(jobs);
    }

    /**
     * The first jobs of a list.
     *
     * @param jobs the list, with one more than the limit if there are more
     * @param limit how many are shown
     * @return the page, of a search that did not end early and knew all
     */
    public static JobPage of(List<Job> jobs, int limit) {
        return jobs.size() > limit
                ? new JobPage(jobs.subList(0, limit), jobs.get(limit - 1).id(), null, null)
                : new JobPage(jobs, null, null, null);
    }

    /**
     * Whether there may be more.
     *
     * @return true if there is a next page, which may be empty if this search ended early
     */
    public boolean more() {
        return next != null;
    }
}
