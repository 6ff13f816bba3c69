// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.identity;

import io.jobyard.spi.access.Caller;
import java.time.Instant;

/**
 * Session of a signed-in user.
 *
 * @param cookie the secret that the browser sends with each request
 * @param id identifies the session for people, from {@link StoredSession#id}
 * @param until when it ends without further use
 */
public record SignedIn(String cookie, String id, Caller caller, Instant until) {

    /** Returns the caller and the end without the secret, for logs. */
    @Override
    public String toString() {
        return "session of " + caller + " until " + until;
    }
}
