// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Page of a list of jobs. A search that finds few among many may end early, with the jobs found by then.
 *
 * @param jobs in the requested order, in their current state
 * @param next cursor for the next page ({@link JobQuery#withAfter}); null at the end. New or changed jobs meanwhile cause no duplicates and
 *     hide no others
 * @param lookedBackTo if the search ended early, the creation time back to which all jobs were searched, or up to which with the oldest
 *     first; otherwise null
 * @param asOf if the index lacked the latest commits, the time of the first missing one: jobs that were submitted or changed since may be
 *     missing; otherwise null
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
     * Creates a page from a list.
     *
     * @param jobs the list, with one more than the limit if there are more
     * @param limit size of the page
     * @return the page of a complete search
     */
    public static JobPage of(List<Job> jobs, int limit) {
        return jobs.size() > limit
                ? new JobPage(jobs.subList(0, limit), jobs.get(limit - 1).id(), null, null)
                : new JobPage(jobs, null, null, null);
    }

    /** {@return whether a next page exists, which may be empty if this search ended early} */
    public boolean more() {
        return next != null;
    }
}
