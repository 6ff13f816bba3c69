// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.identity;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A user that can sign in, for display. A snapshot.
 *
 * @param createdAt when the user was added
 * @param createdBy user who added it
 * @param passwordAt when the password was set
 * @param disabledAt since when the user may not sign in; null if the user may
 * @param roles the roles that list the user; without one the user has no permissions
 */
public record UserStatus(
        String name,
        Instant createdAt,
        String createdBy,
        Instant passwordAt,
        @Nullable Instant disabledAt,
        Set<String> roles) {

    public UserStatus {
        roles = Set.copyOf(roles);
    }
}
