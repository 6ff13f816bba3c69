// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.identity;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Credential of a request, for code that answers it over a longer time. Stored next to the caller in the request's attributes, under the
 * name of this type.
 */
@FunctionalInterface
@ConsumerType
public interface Credential {

    /**
     * Whether the credential is still valid: false if the token or the session was revoked or has ended, or its user is disabled. Counts
     * and records nothing; may wait for the database.
     */
    boolean isGood();
}
