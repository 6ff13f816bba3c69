// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.identity;

import io.jobyard.spi.access.Caller;
import java.time.Instant;

/**
 * Session of a signed-in user.
 *
 * @param cookie secret that the browser sends with each request
 * @param id ID of the session for users, from {@link StoredSession#id}
 * @param until time at which the session ends without further use
 */
public record SignedIn(String cookie, String id, Caller caller, Instant until) {

    /** Returns text for logs: the caller and the end, without the secret. */
    @Override
    public String toString() {
        return "session of " + caller + " until " + until;
    }
}
