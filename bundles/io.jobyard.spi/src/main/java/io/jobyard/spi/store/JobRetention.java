// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.store;

import io.jobyard.api.JobStatus;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Removes finished jobs, rows of the audit and usage entries of runs after the retention in {@code io.jobyard.retention}. The host also
 * does this automatically every day. Safe for use by several threads; a second call waits for the first.
 */
@ProviderType
public interface JobRetention {

    /**
     * Result of a purge.
     *
     * @param needed number of jobs that are old enough but remain, because unfinished jobs depend on them
     * @param usage number of removed usage entries of runs
     */
    record Purge(Map<JobStatus, Long> removed, long needed, long audit, long usage) {

        public Purge {
            removed = Map.copyOf(removed);
        }
    }

    /**
     * Removes old jobs now, while the host continues to run.
     *
     * @param dryRun whether to count without removing
     * @return the result
     * @throws io.jobyard.api.StoreException if the store fails or the caller is interrupted; jobs removed so far stay removed
     */
    Purge purge(boolean dryRun);
}
