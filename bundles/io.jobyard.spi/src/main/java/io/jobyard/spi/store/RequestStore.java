// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Stored requests with a request key, which are executed only once. The service is registered while the store is open. Safe for use by
 * several threads; an interrupted caller gets a {@link io.jobyard.api.StoreException} and keeps its interrupt.
 */
@ProviderType
public interface RequestStore {

    /**
     * Stores a request and its new jobs, all or none, unless one with the same submitter and key is kept at that time.
     *
     * @param jobs new jobs; empty if the answers name existing jobs
     * @return completes after the commit, possibly before the listeners are notified: true, or false if such a request is already stored
     * and nothing was stored; exceptionally as in {@link JobStore#admit}
     */
    CompletableFuture<Boolean> admit(KeptRequest request, List<AdmittedJob> jobs);

    /** Stores the answer to a request, a JSON object; null removes the request, because nothing was done. Completes after the commit. */
    CompletableFuture<Void> settle(KeptRequest begun, @Nullable String answer);

    /** Finds a request by the submitter's key, even after its retention; empty if unknown. */
    Optional<KeptRequest> find(String submitter, String key);

    /** Removes requests after their retention, the oldest first. Completes after the commit with their number. */
    CompletableFuture<Integer> forget(Instant until, int limit);
}
