// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Reads the usage by runs. */
@ProviderType
public interface UsageQueries {

    /**
     * Returns the use of units by the runs of a job, as its handler reported it.
     *
     * @return an entry for each run and unit, sorted by run and unit
     * @throws JobNotFoundException if the job does not exist, and the caller may not see all jobs
     */
    List<RunUse> uses(JobId id);

    /**
     * Returns the use of units by the runs of all jobs, page by page, including removed jobs.
     *
     * @param since earliest start of a run
     * @param until end of the range, exclusive
     * @param after the last entry of the previous page; null for the first page
     * @return entries by start of the runs; fewer than the limit only at the end
     */
    List<RunUse> allUses(Instant since, Instant until, @Nullable RunUse after, int limit);

    /**
     * Returns sums of usage. For a caller without the permission {@code view:all}, the sums contain only its own jobs.
     *
     * @param query selects runs and groups them
     * @return sums by period, group and unit
     * @throws ValidationException if the result would have more than {@value UsageQuery#MAX_SUMS} sums
     */
    List<Usage> usage(UsageQuery query);
}
