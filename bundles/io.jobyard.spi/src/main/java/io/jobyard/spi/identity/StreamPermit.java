// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.identity;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Permit of a request for an open stream as its answer. The attributes of the request contain it under the name of this type. Streams are
 * counted separately from connections: per user, per token or session, and in total.
 */
@FunctionalInterface
@ProviderType
public interface StreamPermit {

    /** Permit of a request that is not counted. */
    StreamPermit UNCOUNTED = () -> () -> {};

    /**
     * Counts the request among the open streams.
     *
     * @return action that ends the count; a second call has no effect
     * @throws io.jobyard.api.QuotaException if the user, the token, the session or the host has reached its limit
     */
    Runnable take();
}
