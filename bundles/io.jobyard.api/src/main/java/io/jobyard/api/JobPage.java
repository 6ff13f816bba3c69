// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.List;

/**
 * Jobs that were found.
 *
 * @param jobs the youngest first
 * @param more whether there are more than the query's limit
 */
public record JobPage(List<Job> jobs, boolean more) {

    /**
     * Copies the collections.
     *
     * @param jobs the youngest first
     * @param more whether there are more than the query's limit
     */
    public JobPage {
        jobs = List.copyOf(jobs);
    }
}
