// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.identity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Stored user who can sign in. Roles define the permissions. All instants are in whole microseconds.
 *
 * @param name unique name
 * @param version number of changes, from 1; a change is stored only if the version is still the one that it read
 * @param createdAt time at which the user was added
 * @param createdBy user who added it
 * @param passwordAt time at which the password was set
 * @param disabledAt time since which the user may not sign in; null if the user may
 */
public record StoredUser(
        String name,
        int version,
        PasswordHash password,
        Instant createdAt,
        String createdBy,
        Instant passwordAt,
        @Nullable Instant disabledAt) {

    /** Returns the next version of the user, with another password. */
    public StoredUser withPassword(PasswordHash next, Instant now) {
        return new StoredUser(name, version + 1, next, createdAt, createdBy, now, disabledAt);
    }

    /** Returns the next version of the user, disabled since an instant; null enables the user. */
    public StoredUser disabled(@Nullable Instant since) {
        return new StoredUser(name, version + 1, password, createdAt, createdBy, passwordAt, since);
    }
}
