// SPDX-License-Identifier: Apache-2.0
package io.jobyard.secrets;

import java.util.Set;

/**
 * What a job would use a secret for.
 *
 * @param secret the name of the secret
 * @param type the job's type
 * @param bundle the symbolic name of the bundle whose handler would get it
 * @param submitter who submitted the job
 * @param roles the names of the submitter's roles
 */
record SecretUse(String secret, String type, String bundle, String submitter, Set<String> roles) {

    SecretUse {
        roles = Set.copyOf(roles);
    }
}
