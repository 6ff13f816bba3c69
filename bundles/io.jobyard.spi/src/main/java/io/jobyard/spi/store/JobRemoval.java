// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.store;

import io.jobyard.spi.jobs.StoredJob;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Removes finished jobs from the store, with their payload, result, history and log. Dependencies of unfinished jobs stay, even if those
 * are submitted or retried meanwhile.
 */
@ProviderType
public interface JobRemoval extends AutoCloseable {

    /** Returns the finished jobs, of those read, that no other job needs and that would be removed now. */
    List<StoredJob> removable(Collection<StoredJob> jobs);

    /**
     * Removes jobs in one commit, on the writing thread, except those that have changed since they were read; completed with the removed
     * ones. Others wait meanwhile, so pass only a few at once.
     */
    CompletableFuture<List<StoredJob>> remove(Collection<StoredJob> jobs);

    /** Ends the removal; another one may begin. */
    @Override
    void close();
}
