// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.feed;

import io.jobyard.api.EventCursor;
import io.jobyard.spi.store.AdmittedJob;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Progress of event followers that create jobs. The service is registered while the store is open. Safe for use by several threads; an
 * interrupted caller gets a {@link io.jobyard.api.StoreException} and keeps its interrupt.
 */
@ProviderType
public interface FollowerStore {

    /**
     * Returns the last event that a follower has processed; empty if it has never begun.
     *
     * @param follower name of the follower, 1 to 200 characters
     */
    Optional<EventCursor> position(String follower);

    /**
     * Advances a follower and stores its new jobs, all or none, unless its position has changed meanwhile.
     *
     * @param before position of the follower; null at the begin
     * @param after position of the last event that it has processed
     * @return completes after the commit, possibly before the listeners are notified: true, or false if the position had changed and
     * nothing was stored; exceptionally as in {@link io.jobyard.spi.store.JobStore#admit}
     */
    CompletableFuture<Boolean> advance(
            String follower, @Nullable EventCursor before, EventCursor after, List<AdmittedJob> jobs);
}
