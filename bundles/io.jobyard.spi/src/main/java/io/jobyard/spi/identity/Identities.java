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
 * everything else requires {@code admin}. Changes are durable when the call returns, are recorded in the audit, and apply at once on this
 * host and within two seconds on others of the same database. Safe for use by several threads; waits for the database.
 *
 * <p>Each method throws {@link io.jobyard.api.AccessException} if the caller lacks the permission, and {@link
 * io.jobyard.api.StoreException} if the store does not answer.
 */
@ProviderType
public interface Identities {

    /** All users. */
    List<UserStatus> users(Caller caller);

    /**
     * Adds a user, who may do what roles say that list the name.
     *
     * @param password the password, not changed
     * @throws io.jobyard.api.ValidationException if the name or the password cannot be one: says what can
     * @throws io.jobyard.api.StateConflictException if there is a user of that name
     */
    UserStatus addUser(Caller caller, String name, char[] password);

    /**
     * Gives a user another password, and ends all sessions of this user.
     *
     * @param password the password, not changed
     * @throws io.jobyard.api.ValidationException if there is no such user, or the password cannot be one
     * @throws io.jobyard.api.StateConflictException if somebody else changes the user at the same time
     */
    UserStatus setPassword(Caller caller, String name, char[] password);

    /**
     * Keeps a user out: sessions end, tokens are refused.
     *
     * @throws io.jobyard.api.ValidationException if there is no such user
     * @throws io.jobyard.api.StateConflictException if the user is disabled, or somebody else changes the user at the same time
     */
    UserStatus disable(Caller caller, String name);

    /**
     * Lets a user in again. Tokens that were neither revoked nor have expired are good again.
     *
     * @throws io.jobyard.api.ValidationException if there is no such user
     * @throws io.jobyard.api.StateConflictException if the user is not disabled, or somebody else changes the user at the same time
     */
    UserStatus enable(Caller caller, String name);

    /**
     * Makes a token. A caller that has shown a token itself makes none that is good for more, or for longer.
     *
     * @param owner the user for whom the token asks
     * @param name what it is called: 1 to 100 of A-Z a-z 0-9 . _ -
     * @param permissions what it is good for; null for all that its owner may do, and all that the caller's own token is good for
     * @param life how long it is good; null if it does not expire
     * @return the token with its secret
     * @throws io.jobyard.api.ValidationException if there is no such user, or one of the values cannot be: says what can
     * @throws io.jobyard.api.StateConflictException if the user has, or had, a token of that name
     */
    NewToken createToken(
            Caller caller, String owner, String name, @Nullable Set<Permission> permissions, @Nullable Duration life);

    /**
     * The tokens that there are, also those that are over.
     *
     * @param owner whose; null for all that the caller may see
     * @return by owner and name
     */
    List<StoredToken> tokens(Caller caller, @Nullable String owner);

    /**
     * Revokes a token, and those created with it, directly or indirectly.
     *
     * @param owner the user that the token acts as
     * @throws io.jobyard.api.ValidationException if no valid token matches
     */
    void revokeToken(Caller caller, String owner, String name);

    /**
     * The sessions that are not over.
     *
     * @return those that the caller may see, the latest used first
     */
    List<StoredSession> sessions(Caller caller);

    /**
     * Ends a session.
     *
     * @param id from {@link StoredSession#id}
     * @throws io.jobyard.api.ValidationException if the caller can see no such session
     */
    StoredSession revokeSession(Caller caller, String id);
}
