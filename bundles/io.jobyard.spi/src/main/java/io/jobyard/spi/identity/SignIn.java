// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.identity;

import io.jobyard.spi.access.Caller;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Authenticates users outside the process: by a password, a one-time link, a session or a token. A failure does not reveal what exists.
 * Sign-ins, failures and revocations are recorded in the audit. Safe for use by several threads; may wait for the database.
 */
@ProviderType
public interface SignIn {

    /**
     * Signs a user in.
     *
     * @param password the password, not changed
     * @param address client address, for example {@code 192.0.2.7}
     * @return a new session
     * @throws io.jobyard.api.AccessException if the user is unknown or disabled, or the password is wrong, always with the same message
     * @throws io.jobyard.api.QuotaException if too many attempts have failed for this user or from this address, with the time of the next
     *     attempt
     */
    SignedIn password(String user, char[] password, String address);

    /**
     * Changes a user's password, with the current one as proof, and ends all sessions of this user.
     *
     * @param caller the user, not a caller that acts as the user; may have shown a token
     * @param old the current password, not changed
     * @param next the new password, not changed
     * @param address client address of the request
     * @throws io.jobyard.api.AccessException if the current password is wrong
     * @throws io.jobyard.api.QuotaException if too many attempts have failed for this user or from this address, with the time of the next
     *     attempt
     * @throws io.jobyard.api.ValidationException if the caller is not a user, or the new password is invalid, with the rule
     * @throws io.jobyard.api.StateConflictException if the user is changed at the same time
     */
    void changePassword(Caller caller, char[] old, char[] next, String address);

    /**
     * Creates a secret, 22 or more characters {@code A-Z a-z 0-9 - _}, that opens one session, once and within a minute, for a caller that
     * the interface has authenticated.
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
     * @param token the secret that was shown when it was created
     * @param address client address of the request
     * @return the owner, with the scope of the token; empty if the token is unknown, was revoked or has expired, or its owner is disabled
     * @throws io.jobyard.api.QuotaException if too many wrong ones came from this address, with the time of the next attempt
     */
    Optional<Caller> token(String token, String address);

    /**
     * Whether a token that was shown before is still valid: known, not revoked or expired, and its owner enabled. A wrong one is neither
     * counted nor recorded.
     */
    boolean isGood(String token);

    /**
     * Registers a listener for changes of users, tokens and sessions, here or on another host; the result removes it. A credential may have
     * become invalid, and a new check returns the new answer. Called on the store's writing thread, so it must be quick.
     */
    Runnable onChange(Runnable listener);
}
