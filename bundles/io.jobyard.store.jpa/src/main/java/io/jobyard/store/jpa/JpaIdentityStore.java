// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.identity.IdentityStore;
import io.jobyard.spi.identity.StoredSession;
import io.jobyard.spi.identity.StoredToken;
import io.jobyard.spi.identity.StoredUser;
import io.jobyard.store.jpa.commit.IdentityWrite;
import io.jobyard.store.jpa.commit.Inbox;
import io.jobyard.store.jpa.rows.IdentityTables;
import io.jobyard.store.jpa.rows.TokenRow;
import io.jobyard.store.jpa.rows.UserRow;
import io.jobyard.store.jpa.rows.UserSessionRow;
import io.jobyard.store.jpa.sql.ReadPool;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Users, tokens and sessions. The committer writes them; reads use entities. */
final class JpaIdentityStore implements IdentityStore {

    private final Inbox inbox;
    private final ReadPool readers;

    JpaIdentityStore(Inbox inbox, ReadPool readers) {
        this.inbox = inbox;
        this.readers = readers;
    }

    @Override
    public List<StoredUser> users() {
        return all(UserRow.class).stream().map(UserRow::toStored).toList();
    }

    @Override
    public Optional<StoredUser> user(String name) {
        return find(UserRow.class, name).map(UserRow::toStored);
    }

    @Override
    public CompletableFuture<Boolean> addUser(StoredUser user, AuditEntry entry) {
        return write(session -> IdentityTables.add(session, user), entry);
    }

    @Override
    public CompletableFuture<Boolean> changeUser(StoredUser user, AuditEntry entry) {
        return write(session -> IdentityTables.change(session, user), entry);
    }

    @Override
    public List<StoredToken> tokens(@Nullable String owner) {
        return all(TokenRow.class).stream()
                .map(TokenRow::toStored)
                .filter(token -> owner == null || token.owner().equals(owner))
                .toList();
    }

    @Override
    public Optional<StoredToken> token(String hash) {
        return find(TokenRow.class, hash).map(TokenRow::toStored);
    }

    @Override
    public CompletableFuture<Boolean> addToken(StoredToken token, AuditEntry entry) {
        return write(session -> IdentityTables.add(session, token), entry);
    }

    @Override
    public CompletableFuture<Boolean> revokeToken(String owner, String name, Instant now, AuditEntry entry) {
        return write(session -> IdentityTables.revoke(session, owner, name, now), entry);
    }

    @Override
    public List<StoredSession> sessions() {
        return all(UserSessionRow.class).stream().map(UserSessionRow::toStored).toList();
    }

    @Override
    public Optional<StoredSession> session(String hash) {
        return find(UserSessionRow.class, hash).map(UserSessionRow::toStored);
    }

    @Override
    public CompletableFuture<Void> addSession(StoredSession session, AuditEntry entry) {
        return write(connection -> IdentityTables.add(connection, session), entry)
                .thenApply(done -> null);
    }

    @Override
    public CompletableFuture<Boolean> endSession(String hash, AuditEntry entry) {
        return write(session -> IdentityTables.end(session, hash), entry);
    }

    @Override
    public CompletableFuture<Void> used(String hash, Instant now) {
        return write(session -> IdentityTables.used(session, hash, now), null).thenApply(done -> null);
    }

    private CompletableFuture<Boolean> write(IdentityWrite.IdentityRows rows, @Nullable AuditEntry entry) {
        CompletableFuture<Boolean> future = new CompletableFuture<>();
        return inbox.submit(new IdentityWrite(rows, entry, future), future);
    }

    private <T> List<T> all(Class<T> entity) {
        return readers.entities(manager -> manager.createQuery("SELECT e FROM " + entity.getSimpleName() + " e", entity)
                .getResultList());
    }

    private <T> Optional<T> find(Class<T> entity, String id) {
        return readers.entities(manager -> Optional.ofNullable(manager.find(entity, id)));
    }
}
