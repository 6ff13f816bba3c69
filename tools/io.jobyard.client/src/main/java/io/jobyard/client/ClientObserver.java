// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import org.osgi.annotation.versioning.ConsumerType;

/** Observes the HTTP requests of a client, for example to count and time them. Must be safe for use by several threads. */
@ConsumerType
@FunctionalInterface
public interface ClientObserver {

    /**
     * Receives each HTTP request at its end, on a thread that the client needs: return at once. Each attempt of a
     * repeated request is one request. For a stream of events or bytes, the request ends when the answer begins. An
     * exception or error has no effect on the request; the client logs it.
     *
     * @param request the request
     */
    void requested(ObservedRequest request);
}
