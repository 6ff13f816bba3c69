// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.store;

import io.jobyard.spi.jobs.StoredJob;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Removes finished jobs from the store, with their payload, result, history and log. Dependencies of unfinished jobs remain, even if such
 * jobs are submitted or retried meanwhile.
 */
@ProviderType
public interface JobRemoval extends AutoCloseable {

    /** Returns the given finished jobs that no other job needs, which would be removed now. */
    List<StoredJob> removable(Collection<StoredJob> jobs);

    /**
     * Removes jobs in one commit on the writing thread, except those that have changed since they were read. Other changes wait meanwhile,
     * so pass only a few jobs.
     *
     * @return completes with the removed jobs
     */
    CompletableFuture<List<StoredJob>> remove(Collection<StoredJob> jobs);

    /** Ends the removal; another removal may begin. */
    @Override
    void close();
}
