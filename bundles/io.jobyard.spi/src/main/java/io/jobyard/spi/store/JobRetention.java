// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.store;

import io.jobyard.api.JobStatus;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Removes jobs that ended longer ago, and rows of the audit and of what runs used that are older, than {@code io.jobyard.retention} says. Does
 * so daily by itself. Safe for use by several threads; a second call waits for the first.
 */
@ProviderType
public interface JobRetention {

    /**
     * What a purge came to.
     *
     * @param removed how many jobs were removed, or would be, by their status
     * @param needed how many were old enough but stay, because jobs that have not ended depend on them
     * @param audit how many rows of the audit were removed, or would be
     * @param usage how many uses of runs were forgotten, or would be
     */
    record Purge(Map<JobStatus, Long> removed, long needed, long audit, long usage) {

        public Purge {
            removed = Map.copyOf(removed);
        }
    }

    /**
     * Removes them now, while the host works.
     *
     * @param dryRun whether to count only
     * @return what it came to
     * @throws io.jobyard.api.StoreException if the store fails or the caller is interrupted: what was removed so far is
     *     gone
     */
    Purge purge(boolean dryRun);
}
