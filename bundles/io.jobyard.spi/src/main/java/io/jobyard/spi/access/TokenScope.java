// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.access;

import java.util.Set;

/**
 * What a token is good for: at most what its owner may do, and of that only these permissions.
 *
 * @param token the token's name
 * @param permissions what it may be used for
 */
public record TokenScope(String token, Set<Permission> permissions) {

    public TokenScope {
        permissions = Set.copyOf(permissions);
    }
}
