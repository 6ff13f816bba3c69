// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.identity;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * What somebody has shown with a request, for those who go on to answer it for a while. Stands beside the caller among the request's
 * attributes, under the name of this type.
 */
@FunctionalInterface
@ConsumerType
public interface Credential {

    /**
     * Whether it would be let in now. Counts and records nothing; may wait for the database.
     *
     * @return false if the token or the session was revoked or is over, or its user is disabled
     */
    boolean isGood();
}
