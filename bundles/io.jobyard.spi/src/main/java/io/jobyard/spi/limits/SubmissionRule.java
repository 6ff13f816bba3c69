// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.limits;

import io.jobyard.api.QuotaException;
import java.time.Instant;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What quotas at submit ask for, where other hosts of the database let jobs in too. The store asks on its writing thread, last in
 * the transaction that stores the jobs.
 */
@ProviderType
public interface SubmissionRule {

    /** The shares by which a submitter's jobs are let in: those with a {@code queuedMax} or a {@code submitRate}; empty if none binds. */
    List<Quotas.QuotaShare> shares(String submitter);

    /**
     * Refuses jobs that are more than may wait or be queued.
     *
     * @param share one with a {@code queuedMax}
     * @param more how many the transaction lets in
     * @param untold how many more wait or are queued by what is committed, or is in the transaction, and was not told to listeners;
     *     without those that it lets in; may be negative
     * @throws QuotaException if they are too many
     */
    void requireRoom(Quotas.QuotaShare share, int more, long untold);

    /**
     * What is told of jobs that come too fast. From now on the host itself counts what all hosts have let in.
     *
     * @param share one with a {@code submitRate}
     * @param more how many were asked for
     * @param fullAt when all that was let in by all hosts is made good
     * @return to be thrown
     */
    QuotaException tooFast(Quotas.QuotaShare share, int more, Instant fullAt);
}
