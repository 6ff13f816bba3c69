// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.identity;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The right of a request to be answered by a stream that stays open. Stands beside the caller among the request's attributes, under the name
 * of this type. Streams count apart from connections: so many for each user, for each token or session, and in all.
 */
@FunctionalInterface
@ProviderType
public interface StreamPermit {

    /** Of a request that nobody counts. */
    StreamPermit UNCOUNTED = () -> () -> {};

    /**
     * Counts the request among the open streams.
     *
     * @return takes it out of the count; called again, it does nothing
     * @throws io.jobyard.api.QuotaException if the user, the token, the session or the host has as many as it may have
     */
    Runnable take();
}
