// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.queue;

import io.jobyard.api.JobId;
import java.util.Collection;
import org.osgi.annotation.versioning.ProviderType;

/** Admits new jobs within the quotas of their submitters. */
@ProviderType
public interface JobAdmission {

    /**
     * Admits new jobs within their submitter's quotas, and counts them from now on.
     *
     * @throws io.jobyard.api.QuotaException if the jobs exceed a quota; the message contains the quota, its use and the time of the next
     * attempt
     */
    void reserve(String submitter, Collection<JobId> jobs);

    /**
     * Checks whether a new job would be admitted now. Counts nothing.
     *
     * @throws io.jobyard.api.QuotaException as in {@link #reserve}
     */
    void requireRoom(String submitter);

    /** Removes admitted jobs that were not stored from the counts. */
    void unreserve(Collection<JobId> jobs);
}
