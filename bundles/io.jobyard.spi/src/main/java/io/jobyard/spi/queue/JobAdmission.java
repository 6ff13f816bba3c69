// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.queue;

import io.jobyard.api.JobId;
import java.util.Collection;
import org.osgi.annotation.versioning.ProviderType;

/** Lets new jobs in, as far as the quotas of their submitters go. */
@ProviderType
public interface JobAdmission {

    /**
     * Lets new jobs in, as far as their submitter's quotas go. They count from now on.
     *
     * @throws io.jobyard.api.QuotaException if they are too many; says of what, how much is used and when to try again
     */
    void reserve(String submitter, Collection<JobId> jobs);

    /**
     * Whether a new job would be let in now. Nothing counts for it.
     *
     * @throws io.jobyard.api.QuotaException as of {@link #reserve}
     */
    void requireRoom(String submitter);

    /**
     * Jobs that were let in were not stored.
     *
     * @param jobs the jobs of one {@link #reserve}
     */
    void unreserve(Collection<JobId> jobs);
}
