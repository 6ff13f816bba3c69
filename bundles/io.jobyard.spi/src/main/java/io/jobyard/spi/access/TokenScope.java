// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.access;

import java.util.Set;

/**
 * Scope of a token: its owner's permissions, restricted to these.
 *
 * @param token the token's name
 * @param permissions the permissions that it includes
 */
public record TokenScope(String token, Set<Permission> permissions) {

    public TokenScope {
        permissions = Set.copyOf(permissions);
    }
}
