// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.limits;

import io.jobyard.api.QuotaException;
import java.time.Instant;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Check of submission quotas if other hosts of the database also admit jobs. The store calls it on its writing thread, last in the
 * transaction that stores the jobs.
 */
@ProviderType
public interface SubmissionRule {

    /** Returns the shares that limit a submitter's submits: those with a {@code queuedMax} or a {@code submitRate}; may be empty. */
    List<Quotas.QuotaShare> shares(String submitter);

    /**
     * Rejects jobs over the quota of waiting and queued jobs.
     *
     * @param share share with a {@code queuedMax}
     * @param more number of jobs that the transaction admits
     * @param untold number of further waiting or queued jobs that listeners do not know yet, from commits and this transaction, without the
     * admitted jobs; may be negative
     * @throws QuotaException if the jobs exceed the quota
     */
    void requireRoom(Quotas.QuotaShare share, int more, long untold);

    /**
     * Returns the error for submits over the rate. From now on, the host's own count includes the admissions of all hosts.
     *
     * @param share share with a {@code submitRate}
     * @param more number of requested jobs
     * @param fullAt time at which the admissions of all hosts are restored
     * @return error for the caller to throw
     */
    QuotaException tooFast(Quotas.QuotaShare share, int more, Instant fullAt);
}
