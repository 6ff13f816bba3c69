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
     * Lists jobs, the one with the last id first. They are found by an index that lags the commits by a second at most, but for
     * the text of the error, which is looked for in the jobs themselves, in bounds of time: then the page says how far. While the
     * index is made for a store that has none, all is looked for so.
     *
     * @param routed the types whose jobs stand in the filter's queue if they asked for none and have not run
     * @return the jobs found, as they are now
     */
    JobPage find(JobQuery query, Set<String> routed);

    /**
     * Counts jobs by what they have. Goes by the same index, in the same bounds.
     *
     * @param routed the types whose jobs stand in the filter's queue if they asked for none and have not run
     * @param route gives the queue where jobs of a type stand that asked for none and have not run
     * @return the numbers
     */
    JobFacets facets(JobFilter filter, Set<String> routed, UnaryOperator<String> route);

    /**
     * Finds jobs by the end of their id, among the youngest {@value #MOST_ENDINGS}; by a whole id among all.
     *
     * @param ending 1 to 32 lower-case hexadecimal digits, without hyphens
     * @return ids
     */
    List<JobId> endingWith(String ending, int limit);
}
