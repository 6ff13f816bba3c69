// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.identity;

import io.jobyard.spi.audit.AuditEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Stored users, tokens and sessions, with only hashes of passwords and secrets. The service is registered while the store is open. A future
 * completes after the commit.
 *
 * <p>One writing thread stores the changes; their futures complete after the commit, exceptionally with {@link
 * io.jobyard.api.StoreException} if nothing is stored. The audit entry of a change is stored in the same commit, and only if anything
 * changed. Reads see committed data, and throw that exception if the store does not answer.
 */
@ProviderType
public interface IdentityStore {

    /**
     * Returns all users.
     *
     * @return in no order
     */
    List<StoredUser> users();

    /**
     * Finds a user.
     *
     * @return the user; empty if unknown
     */
    Optional<StoredUser> user(String name);

    /**
     * Adds a user.
     *
     * @param entry entry for the audit
     * @return whether it was added; false if the name is already taken
     */
    CompletableFuture<Boolean> addUser(StoredUser user, AuditEntry entry);

    /**
     * Changes a user, and ends all sessions of this user.
     *
     * @param user the next version
     * @param entry entry for the audit
     * @return whether it was changed; false if no user of this name has the previous version
     */
    CompletableFuture<Boolean> changeUser(StoredUser user, AuditEntry entry);

    /**
     * Returns the tokens, including invalid ones.
     *
     * @param owner null for all
     * @return in no order
     */
    List<StoredToken> tokens(@Nullable String owner);

    /**
     * Finds a token.
     *
     * @param hash that of its secret
     * @return the token; empty if unknown
     */
    Optional<StoredToken> token(String hash);

    /**
     * Adds a token.
     *
     * @param entry entry for the audit
     * @return whether it was added; false if its owner already has one with this name
     */
    CompletableFuture<Boolean> addToken(StoredToken token, AuditEntry entry);

    /**
     * Revokes a token.
     *
     * @param entry entry for the audit
     * @return whether it was revoked; false if it is unknown or already revoked
     */
    CompletableFuture<Boolean> revokeToken(String owner, String name, Instant now, AuditEntry entry);

    /**
     * Returns the sessions, possibly including ended ones.
     *
     * @return in no order
     */
    List<StoredSession> sessions();

    /**
     * Finds a session.
     *
     * @param hash that of its cookie
     * @return the session; empty if unknown
     */
    Optional<StoredSession> session(String hash);

    /**
     * Adds a session, and removes ended ones.
     *
     * @param entry entry for the audit
     */
    CompletableFuture<Void> addSession(StoredSession session, AuditEntry entry);

    /**
     * Ends a session.
     *
     * @param hash that of its cookie
     * @param entry entry for the audit
     * @return whether it was ended; false if unknown
     */
    CompletableFuture<Boolean> endSession(String hash, AuditEntry entry);

    /**
     * Records the use of a token or a session. No effect if it is unknown.
     *
     * @param hash that of its secret
     */
    CompletableFuture<Void> used(String hash, Instant now);
}
