// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Tells what runs have used. */
@ProviderType
public interface UsageQueries {

    /**
     * What the runs of a job have used of units, as its handler told.
     *
     * @return an entry for each run and unit, by run and unit
     * @throws JobNotFoundException if there is no such job, and the caller may not see all
     */
    List<RunUse> uses(JobId id);

    /**
     * What the runs of all jobs have used of units, page by page, also of jobs that are removed by now.
     *
     * @param since of runs that began then or later
     * @param until of runs that began before
     * @param after only those behind this one, the last of the page before; null for the first page
     * @return by the beginnings of the runs; fewer than the limit if there are no more
     */
    List<RunUse> allUses(Instant since, Instant until, @Nullable RunUse after, int limit);

    /**
     * Sums of what runs have used; only of the caller's own jobs if its roles let it see no others.
     *
     * @param query of which runs, and by what they are told apart
     * @return by period, group and unit
     * @throws ValidationException if these would be more than {@value UsageQuery#MAX_SUMS} sums
     */
    List<Usage> usage(UsageQuery query);
}
