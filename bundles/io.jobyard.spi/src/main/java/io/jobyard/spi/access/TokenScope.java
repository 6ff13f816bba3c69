// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.access;

import java.util.Set;

/** Scope of a token, which restricts the permissions of its owner. */
public record TokenScope(String token, Set<Permission> permissions) {

    public TokenScope {
        permissions = Set.copyOf(permissions);
    }
}
