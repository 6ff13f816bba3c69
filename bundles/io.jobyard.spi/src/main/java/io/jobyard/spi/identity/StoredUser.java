// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.identity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user that may sign in. What the user may do then, roles say. All instants are in whole microseconds.
 *
 * @param name the name; no two have the same
 * @param version counts the changes from 1 on; a change is stored only if the version is still the one that it saw
 * @param password what is kept of the password
 * @param createdAt when the user was added
 * @param createdBy by whom
 * @param passwordAt since when the password is this one
 * @param disabledAt since when the user may not sign in; null if the user may
 */
public record StoredUser(
        String name,
        int version,
        PasswordHash password,
        Instant createdAt,
        String createdBy,
        Instant passwordAt,
        @Nullable Instant disabledAt) {

    /**
     * The same with another password.
     *
     * @param next what is kept of it
     * @param now since when
     * @return the next version
     */
    public StoredUser withPassword(PasswordHash next, Instant now) {
        return new StoredUser(name, version + 1, next, createdAt, createdBy, now, disabledAt);
    }

    /**
     * The same, disabled or enabled.
     *
     * @param since since when the user may not sign in; null if the user may
     * @return the next version
     */
    public StoredUser disabled(@Nullable Instant since) {
        return new StoredUser(name, version + 1, password, createdAt, createdBy, passwordAt, since);
    }
}
