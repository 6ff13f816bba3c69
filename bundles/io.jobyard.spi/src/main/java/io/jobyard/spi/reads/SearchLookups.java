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

/** Finds and counts jobs by what they have. */
@ProviderType
public interface SearchLookups {

    /** Among how many jobs, the youngest, one is found by the end of its id. */
    int MOST_ENDINGS = 1_000_000;

    /**
     * Lists jobs, the greatest id first. An index that lags the commits by a second at most finds them. The text of the error is searched
     * in the jobs themselves, within time limits; then the page shows how far. While the index of a store is created, everything is
     * searched this way.
     *
     * @param routed types whose jobs are in the filter's queue if they requested none and have not run
     * @return the matching jobs in their current state
     */
    JobPage find(JobQuery query, Set<String> routed);

    /**
     * Counts jobs by their values, like {@link #find}. Uses the same index, within the same limits. {@code route} returns the queue of a
     * type's jobs that requested none and have not run.
     */
    JobFacets facets(JobFilter filter, Set<String> routed, UnaryOperator<String> route);

    /**
     * Finds jobs by the end of their id, 1 to 32 lower-case hexadecimal digits without hyphens, among the youngest {@value #MOST_ENDINGS};
     * by a whole id among all.
     */
    List<JobId> endingWith(String ending, int limit);
}
