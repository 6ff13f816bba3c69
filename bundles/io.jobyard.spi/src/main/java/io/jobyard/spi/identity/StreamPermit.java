// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.identity;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Permit of a request to be answered by an open stream. Stored next to the caller in the request's attributes, under the name of this type.
 * Streams are counted separately from connections: per user, per token or session, and in total.
 */
@FunctionalInterface
@ProviderType
public interface StreamPermit {

    /** Permit of a request that is not counted. */
    StreamPermit UNCOUNTED = () -> () -> {};

    /**
     * Counts the request among the open streams.
     *
     * @return ends the count; calling it again has no effect
     * @throws io.jobyard.api.QuotaException if the user, the token, the session or the host has reached its limit
     */
    Runnable take();
}
