// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.identity;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * User who can sign in, for display. Snapshot.
 *
 * @param createdAt time at which the user was added
 * @param createdBy user who added it
 * @param passwordAt time at which the password was set
 * @param disabledAt time since which the user may not sign in; null if the user may
 * @param roles roles that list the user; without one the user has no permissions
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
