// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /**
     * Where the next page begins. Jobs that come or change meanwhile are neither shown twice for that, nor hide others.
     *
     * @return what the next query follows ({@link JobQuery#withAfter}); null if there is no more
     */
    public @Nullable JobId next() {
        return more ? jobs.get(jobs.size() - 1).id() : null;
    }
}
