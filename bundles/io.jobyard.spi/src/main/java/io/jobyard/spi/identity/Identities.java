// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.identity;

import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Permission;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Administers users, tokens and sessions. Users create, see and revoke their own tokens and sessions with permission {@code view};
 * everything else requires {@code admin}. Changes are durable and audited when the call returns. They apply immediately on this host, and
 * within two seconds on other hosts of the database. Safe for use by several threads; waits for the database.
 *
 * <p>Each method throws {@link io.jobyard.api.AccessException} if the caller lacks the permission, and {@link
 * io.jobyard.api.StoreException} if the store does not answer.
 */
@ProviderType
public interface Identities {

    /** Returns all users. */
    List<UserStatus> users(Caller caller);

    /**
     * Adds a user, with the permissions of the roles that list the name.
     *
     * @param password password; this method does not modify the array
     * @throws io.jobyard.api.ValidationException if the name or the password is invalid; the message contains the rule
     * @throws io.jobyard.api.StateConflictException if the name is already taken
     */
    UserStatus addUser(Caller caller, String name, char[] password);

    /**
     * Sets a user's password, and ends all sessions of this user.
     *
     * @param password password; this method does not modify the array
     * @throws io.jobyard.api.ValidationException if the user is unknown, or the password is invalid
     * @throws io.jobyard.api.StateConflictException if the user is changed at the same time
     */
    UserStatus setPassword(Caller caller, String name, char[] password);

    /**
     * Disables a user: sessions end, and tokens are rejected.
     *
     * @throws io.jobyard.api.ValidationException if the user is unknown
     * @throws io.jobyard.api.StateConflictException if the user is already disabled, or is changed at the same time
     */
    UserStatus disable(Caller caller, String name);

    /**
     * Enables a user. Tokens that were neither revoked nor have expired are valid again.
     *
     * @throws io.jobyard.api.ValidationException if the user is unknown
     * @throws io.jobyard.api.StateConflictException if the user is not disabled, or is changed at the same time
     */
    UserStatus enable(Caller caller, String name);

    /**
     * Creates a token. A caller with a token cannot create one with more permissions or a later end.
     *
     * @param owner the user that the token acts as
     * @param name name of the token, 1 to 100 of A-Z a-z 0-9 . _ -
     * @param permissions scope of the token; null for all permissions of its owner that the caller's own token includes
     * @param life validity of the token; null if it does not expire
     * @return the token with its secret
     * @throws io.jobyard.api.ValidationException if the user is unknown, or a value is invalid; the message contains the rule
     * @throws io.jobyard.api.StateConflictException if the user has, or had, a token with this name
     */
    NewToken createToken(
            Caller caller, String owner, String name, @Nullable Set<Permission> permissions, @Nullable Duration life);

    /**
     * Returns tokens, including invalid ones, by owner and name.
     *
     * @param owner owner of the tokens; null for all tokens that the caller may see
     */
    List<StoredToken> tokens(Caller caller, @Nullable String owner);

    /**
     * Revokes a token, and the tokens created with it, directly or indirectly.
     *
     * @param owner the user that the token acts as
     * @throws io.jobyard.api.ValidationException if no valid token matches
     */
    void revokeToken(Caller caller, String owner, String name);

    /** Returns the current sessions that the caller may see, the last used first. */
    List<StoredSession> sessions(Caller caller);

    /**
     * Ends a session.
     *
     * @param id ID from {@link StoredSession#id}
     * @throws io.jobyard.api.ValidationException if the caller can see no such session
     */
    StoredSession revokeSession(Caller caller, String id);
}
