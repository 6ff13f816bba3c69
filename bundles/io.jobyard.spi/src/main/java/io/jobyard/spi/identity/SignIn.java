// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.identity;

import io.jobyard.spi.access.Caller;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Makes sure who somebody outside the process is: by a password, a one-time link, a session or a token. Whoever is refused learns
 * nothing of what there is. What is signed in, refused and revoked stands in the audit. Safe for use by several threads; may
 * wait for the database.
 */
@ProviderType
public interface SignIn {

    /**
     * Signs a user in.
     *
     * @param password the password, not changed
     * @param address where the request comes from, such as {@code 192.0.2.7}
     * @return a new session
     * @throws io.jobyard.api.AccessException if there is no such user, the password is another, or the user is disabled: the
     *     message is the same for all of them
     * @throws io.jobyard.api.QuotaException if too many have failed for this user or from this address; says when to try again
     */
    SignedIn password(String user, char[] password, String address);

    /**
     * Gives a user another password, by the one that is in force, and ends all sessions of this user.
     *
     * @param caller the user, who asks without anybody behind; may have shown a token
     * @param old the password in force, not changed
     * @param next the other one, not changed
     * @param address where the request comes from
     * @throws io.jobyard.api.AccessException if the password in force is another
     * @throws io.jobyard.api.QuotaException if too many have failed for this user or from this address; says when to try again
     * @throws io.jobyard.api.ValidationException if the caller is no user, or the next password cannot be one: says what can
     * @throws io.jobyard.api.StateConflictException if somebody else changes the user at the same time
     */
    void changePassword(Caller caller, char[] old, char[] next, String address);

    /**
     * Makes a secret that opens one session, once and within a minute.
     *
     * @param caller who the session will be: has made sure by itself who it is
     * @return 22 or more characters {@code A-Z a-z 0-9 - _}
     */
    String once(Caller caller);

    /**
     * Opens the session of a one-time secret.
     *
     * @param secret as {@link #once} gave it
     * @param address where the request comes from
     * @return a new session; empty if the secret is none, was used, or is too old
     */
    Optional<SignedIn> enter(String secret, String address);

    /**
     * Whose session this is.
     *
     * @param cookie as {@link SignedIn#cookie} gave it
     * @return the session; empty if there is none, it was revoked or is over, or its user is disabled
     */
    Optional<SignedIn> session(String cookie);

    /**
     * Ends a session. Without effect if there is none.
     *
     * @param cookie as {@link SignedIn#cookie} gave it
     */
    void signOut(String cookie);

    /**
     * Whose token this is.
     *
     * @param token the secret that was shown when it was made
     * @param address where the request comes from
     * @return the owner, with what the token is good for; empty if there is none, it was revoked or has expired, or its owner is
     *     disabled
     * @throws io.jobyard.api.QuotaException if too many wrong ones came from this address; says when to try again
     */
    Optional<Caller> token(String token, String address);

    /**
     * Whether a token is good that somebody has shown before. A wrong one is neither counted nor recorded.
     *
     * @param token the secret
     * @return false if there is none, it was revoked or has expired, or its owner is disabled
     */
    boolean isGood(String token);

    /**
     * Has somebody told whenever a user, a token or a session is another than before, here or on another host: what was good may be no
     * more, and asked now gets the new answer.
     *
     * @param listener called on the store's writing thread, so it must be quick
     * @return takes the listener away
     */
    Runnable onChange(Runnable listener);
}
