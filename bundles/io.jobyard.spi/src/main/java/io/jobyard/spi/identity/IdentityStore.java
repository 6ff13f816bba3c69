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
 * What the store keeps of users, tokens and sessions; of passwords and secrets only hashes. The service is there while the store is open.
 * A future is completed after the commit.
 *
 * <p>Changes go through one writing thread; their futures complete after the commit, exceptionally with
 * {@link io.jobyard.api.StoreException} if nothing is stored. What the audit says of a change is stored in the same commit, and not
 * if nothing was changed. Questions see what is committed, and throw that exception if the store does not answer.
 */
@ProviderType
public interface IdentityStore {

    /**
     * All users.
     *
     * @return in no order
     */
    List<StoredUser> users();

    /**
     * Looks a user up.
     *
     * @return the user; empty if there is none
     */
    Optional<StoredUser> user(String name);

    /**
     * Adds a user.
     *
     * @param entry what the audit says of it
     * @return whether it was added; false if there is one of that name
     */
    CompletableFuture<Boolean> addUser(StoredUser user, AuditEntry entry);

    /**
     * Changes a user, and ends all sessions of this user.
     *
     * @param user the next version
     * @param entry what the audit says of it
     * @return whether it was changed; false if there is no user of that name with the version before
     */
    CompletableFuture<Boolean> changeUser(StoredUser user, AuditEntry entry);

    /**
     * The tokens, also those that are over.
     *
     * @param owner whose; null for those of all
     * @return in no order
     */
    List<StoredToken> tokens(@Nullable String owner);

    /**
     * Looks a token up.
     *
     * @param hash that of its secret
     * @return the token; empty if there is none
     */
    Optional<StoredToken> token(String hash);

    /**
     * Adds a token.
     *
     * @param entry what the audit says of it
     * @return whether it was added; false if its owner has one of that name
     */
    CompletableFuture<Boolean> addToken(StoredToken token, AuditEntry entry);

    /**
     * Revokes a token.
     *
     * @param entry what the audit says of it
     * @return whether it was revoked; false if there is none, or it was revoked before
     */
    CompletableFuture<Boolean> revokeToken(String owner, String name, Instant now, AuditEntry entry);

    /**
     * The sessions; some may be over.
     *
     * @return in no order
     */
    List<StoredSession> sessions();

    /**
     * Looks a session up.
     *
     * @param hash that of its cookie
     * @return the session; empty if there is none
     */
    Optional<StoredSession> session(String hash);

    /**
     * Adds a session. Those that were over when it began go.
     *
     * @param entry what the audit says of it
     */
    CompletableFuture<Void> addSession(StoredSession session, AuditEntry entry);

    /**
     * Ends a session.
     *
     * @param hash that of its cookie
     * @param entry what the audit says of it
     * @return whether it was ended; false if there is none
     */
    CompletableFuture<Boolean> endSession(String hash, AuditEntry entry);

    /**
     * Says that a token or a session was used. Without effect if there is none.
     *
     * @param hash that of its secret
     */
    CompletableFuture<Void> used(String hash, Instant now);
}
