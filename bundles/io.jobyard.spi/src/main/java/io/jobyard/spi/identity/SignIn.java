// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.identity;

import io.jobyard.spi.access.Caller;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Authenticates users outside the process by a password, a one-time link, a session or a token. A failure does not reveal whether a user or
 * token exists. Sign-ins, failures and revocations are recorded in the audit. Safe for use by several threads; may wait for the database.
 */
@ProviderType
public interface SignIn {

    /**
     * Signs a user in.
     *
     * @param password password; this method does not modify the array
     * @param address address of the client, for example {@code 192.0.2.7}
     * @return a new session
     * @throws io.jobyard.api.AccessException if the user is unknown or disabled, or the password is wrong, always with the same message
     * @throws io.jobyard.api.QuotaException if too many attempts have failed for this user or from this address, with the time of the next
     * attempt
     */
    SignedIn password(String user, char[] password, String address);

    /**
     * Changes a user's password, with the current one as proof, and ends all sessions of this user.
     *
     * @param caller the user; not a caller that acts as the user. The request may have used a token
     * @param old current password; this method does not modify the array
     * @param next new password; this method does not modify the array
     * @param address address of the client
     * @throws io.jobyard.api.AccessException if the current password is wrong
     * @throws io.jobyard.api.QuotaException if too many attempts have failed for this user or from this address, with the time of the next
     * attempt
     * @throws io.jobyard.api.ValidationException if the caller is not a user, or the new password is invalid; the message contains the rule
     * @throws io.jobyard.api.StateConflictException if the user is changed at the same time
     */
    void changePassword(Caller caller, char[] old, char[] next, String address);

    /**
     * Creates a secret that opens one session, once and within a minute, for a caller that the interface has authenticated. The secret has
     * 22 or more of the characters {@code A-Z a-z 0-9 - _}.
     */
    String once(Caller caller);

    /** Opens a new session by the secret from {@link #once}; empty if the secret is invalid, used, or too old. */
    Optional<SignedIn> enter(String secret, String address);

    /** Finds the session of a {@link SignedIn#cookie}; empty if it is unknown, was revoked or has ended, or its user is disabled. */
    Optional<SignedIn> session(String cookie);

    /** Ends the session of a {@link SignedIn#cookie}. No effect if it is unknown. */
    void signOut(String cookie);

    /**
     * Finds the owner of a token.
     *
     * @param token secret that was shown when the token was created
     * @param address address of the client
     * @return owner, with the scope of the token; empty if the token is unknown, was revoked or has expired, or its owner is disabled
     * @throws io.jobyard.api.QuotaException if too many wrong tokens came from this address, with the time of the next attempt
     */
    Optional<Caller> token(String token, String address);

    /**
     * Returns whether a token is still valid: known, not revoked or expired, and its owner enabled. A wrong token is neither counted nor
     * recorded.
     */
    boolean isGood(String token);

    /**
     * Registers a listener for changes of users, tokens and sessions, on any host. A credential may have become invalid, and a new check
     * returns the new answer. Called on the store's writing thread, so it must be quick.
     *
     * @return action that removes the listener
     */
    Runnable onChange(Runnable listener);
}
