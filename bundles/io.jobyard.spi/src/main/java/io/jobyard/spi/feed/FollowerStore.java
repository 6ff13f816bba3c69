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
     * How far one is.
     *
     * @param follower its name, 1 to 200 characters
     * @return the last event that it has dealt with; empty if it has never begun
     */
    Optional<EventCursor> position(String follower);

    /**
     * Moves one on and stores what it makes of the events between, all or none, unless it is somewhere else by now.
     *
     * @param before where it is; null if it begins
     * @param after the last event that it has dealt with
     * @return completed after the commit, which the listeners may not have heard of yet: true, or false if it was somewhere else and
     *     nothing was stored; exceptionally as of {@link io.jobyard.spi.store.JobStore#admit}
     */
    CompletableFuture<Boolean> advance(
            String follower, @Nullable EventCursor before, EventCursor after, List<AdmittedJob> jobs);
}
