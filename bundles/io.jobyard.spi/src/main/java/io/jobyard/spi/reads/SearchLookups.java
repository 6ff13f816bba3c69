// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.reads;

import io.jobyard.api.JobFacets;
import io.jobyard.api.JobFilter;
import io.jobyard.api.JobId;
import io.jobyard.api.JobPage;
import io.jobyard.api.JobQuery;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.osgi.annotation.versioning.ProviderType;

/** Searches and counts of jobs by their values. */
@ProviderType
public interface SearchLookups {

    /** Number of the youngest jobs among which a job is found by the end of its ID. */
    int MOST_ENDINGS = 1_000_000;

    /**
     * Lists jobs, the highest ID first. An index finds them; {@link JobPage#asOf} is set if it lags the commits. The text of errors is
     * searched in the jobs themselves, within time limits; the page shows how far the search got. While the index of a store is created,
     * every search works this way.
     *
     * @param routed types whose jobs are in the filter's queue if they requested none and have not run
     * @return the matching jobs in their current state
     */
    JobPage find(JobQuery query, Set<String> routed);

    /**
     * Counts jobs by their values. Uses the same index and the same limits as {@link #find}.
     *
     * @param route returns the queue for jobs of a type that requested none and have not run
     */
    JobFacets facets(JobFilter filter, Set<String> routed, UnaryOperator<String> route);

    /**
     * Finds jobs by the end of their ID, 1 to 32 lower-case hexadecimal digits without hyphens. Searches the youngest {@value
     * #MOST_ENDINGS} jobs; for a complete ID, all jobs.
     */
    List<JobId> endingWith(String ending, int limit);
}
