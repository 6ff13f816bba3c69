// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.identity;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Credential of a request, for answers that take a longer time. The attributes of the request contain it under the name of this type, in
 * addition to the caller.
 */
@FunctionalInterface
@ConsumerType
public interface Credential {

    /**
     * Returns whether the credential is still valid: false if the token or the session was revoked or has ended, or its user is disabled.
     * Counts and records nothing. May wait for the database.
     */
    boolean isGood();
}
