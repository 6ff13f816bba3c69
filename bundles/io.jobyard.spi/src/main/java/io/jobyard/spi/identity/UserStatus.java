// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.identity;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A user that may sign in, for people to look at. A snapshot.
 *
 * @param createdAt when the user was added
 * @param createdBy by whom
 * @param passwordAt since when the password is this one
 * @param disabledAt since when the user may not sign in; null if the user may
 * @param roles the roles that list the user; without one the user may do nothing
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
