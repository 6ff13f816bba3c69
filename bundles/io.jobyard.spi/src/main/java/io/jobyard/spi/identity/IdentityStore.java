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

    /** Returns all users, in no order. */
    List<StoredUser> users();

    /** Finds a user; empty if unknown. */
    Optional<StoredUser> user(String name);

    /** Adds a user. Returns false if the name is already in use. */
    CompletableFuture<Boolean> addUser(StoredUser user, AuditEntry entry);

    /**
     * Changes a user to the next version, and ends all sessions of the user. Returns false if no user of this name has the previous
     * version.
     */
    CompletableFuture<Boolean> changeUser(StoredUser user, AuditEntry entry);

    /**
     * Returns tokens, including invalid ones, in no order.
     *
     * @param owner owner of the tokens; null for all
     */
    List<StoredToken> tokens(@Nullable String owner);

    /** Finds a token by the hash of its secret; empty if unknown. */
    Optional<StoredToken> token(String hash);

    /** Adds a token. Returns false if its owner already has a token with this name. */
    CompletableFuture<Boolean> addToken(StoredToken token, AuditEntry entry);

    /** Revokes a token. Returns false if it is unknown or already revoked. */
    CompletableFuture<Boolean> revokeToken(String owner, String name, Instant now, AuditEntry entry);

    /** Returns the sessions in no order, possibly including ended ones. */
    List<StoredSession> sessions();

    /** Finds a session by the hash of its cookie; empty if unknown. */
    Optional<StoredSession> session(String hash);

    /** Adds a session, and removes ended ones. */
    CompletableFuture<Void> addSession(StoredSession session, AuditEntry entry);

    /** Ends the session with this hash of its cookie. Returns false if it is unknown. */
    CompletableFuture<Boolean> endSession(String hash, AuditEntry entry);

    /** Records the use of a token or a session, by the hash of its secret. No effect if it is unknown. */
    CompletableFuture<Void> used(String hash, Instant now);
}
