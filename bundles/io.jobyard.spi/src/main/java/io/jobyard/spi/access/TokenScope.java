// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.access;

import java.util.Set;

/** Scope of a token: its owner's permissions, restricted to these. */
public record TokenScope(String token, Set<Permission> permissions) {

    public TokenScope {
        permissions = Set.copyOf(permissions);
    }
}
