// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.identity;

import io.jobyard.spi.access.Caller;
import java.time.Instant;

/**
 * A session of somebody who is signed in.
 *
 * @param cookie the secret that the browser sends with each request
 * @param id by what people tell it apart, as {@link StoredSession#id} gives it
 * @param until when it ends unless it is used before
 */
public record SignedIn(String cookie, String id, Caller caller, Instant until) {

    /**
     * Without the secret, for logs.
     *
     * @return who, and until when
     */
    @Override
    public String toString() {
        return "session of " + caller + " until " + until;
    }
}
