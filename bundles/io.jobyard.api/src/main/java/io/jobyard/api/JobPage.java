// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Page of a list of jobs. A search that matches few of many jobs may end early, with the jobs found so far.
 *
 * @param jobs jobs in the requested order, in their current state
 * @param next cursor for the next page ({@link JobQuery#withAfter}); null at the end. A job that is new or changes between two pages is
 * never listed twice, and hides no other job
 * @param lookedBackTo if the search ended early, the creation time up to which it is complete; otherwise null
 * @param asOf if the index lacks the latest commits, the time of the first missing commit: jobs that were submitted or changed since may be
 * missing; otherwise null
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
     * @param jobs jobs of the page; one job more than the limit shows that another page follows
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
