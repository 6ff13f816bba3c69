// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit;

import io.jobyard.spi.access.Caller;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.identity.IdentityStore;
import io.jobyard.spi.identity.StoredSession;
import io.jobyard.spi.identity.StoredToken;
import io.jobyard.spi.identity.StoredUser;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Users, tokens and sessions, in memory. */
final class InMemoryIdentities implements IdentityStore {

    /** Identities that outlive an incarnation. */
    static final class LastingIdentities {
        private final Map<String, StoredUser> users = new HashMap<>();
        private final Map<String, StoredToken> tokens = new HashMap<>();
        private final Map<String, StoredSession> sessions = new HashMap<>();
    }

    private final LastingIdentities tables;
    private final Function<AuditEntry, CompletableFuture<Void>> told;

    /** Stores an audit entry with each change. */
    InMemoryIdentities(LastingIdentities tables, Function<AuditEntry, CompletableFuture<Void>> told) {
        this.tables = tables;
        this.told = told;
    }

    @Override
    public List<StoredUser> users() {
        synchronized (tables) {
            return List.copyOf(tables.users.values());
        }
    }

    @Override
    public Optional<StoredUser> user(String name) {
        synchronized (tables) {
            return Optional.ofNullable(tables.users.get(name));
        }
    }

    @Override
    public CompletableFuture<Boolean> addUser(StoredUser user, AuditEntry entry) {
        synchronized (tables) {
            return told(tables.users.putIfAbsent(user.name(), user) == null, entry);
        }
    }

    @Override
    public CompletableFuture<Boolean> changeUser(StoredUser user, AuditEntry entry) {
        synchronized (tables) {
            StoredUser before = tables.users.get(user.name());
            boolean isChanged = before != null && before.version() == user.version() - 1;
            if (isChanged) {
                tables.users.put(user.name(), user);
                tables.sessions
                        .values()
                        .removeIf(session -> session.kind() == Caller.CallerKind.USER
                                && session.user().equals(user.name()));
            }
            return told(isChanged, entry);
        }
    }

    @Override
    public List<StoredToken> tokens(@Nullable String owner) {
        synchronized (tables) {
            return tables.tokens.values().stream()
                    .filter(token -> owner == null || token.owner().equals(owner))
                    .toList();
        }
    }

    @Override
    public Optional<StoredToken> token(String hash) {
        synchronized (tables) {
            return Optional.ofNullable(tables.tokens.get(hash));
        }
    }

    @Override
    public CompletableFuture<Boolean> addToken(StoredToken token, AuditEntry entry) {
        synchronized (tables) {
            boolean isNew = named(token.owner(), token.name()).isEmpty();
            if (isNew) {
                tables.tokens.put(token.hash(), token);
            }
            return told(isNew, entry);
        }
    }

    private Optional<StoredToken> named(String owner, String name) {
        return tokens(owner).stream().filter(token -> token.name().equals(name)).findFirst();
    }

    @Override
    public CompletableFuture<Boolean> revokeToken(String owner, String name, Instant now, AuditEntry entry) {
        synchronized (tables) {
            Optional<StoredToken> live =
                    named(owner, name).filter(token -> token.life().revokedAt() == null);
            live.ifPresent(token -> tables.tokens.put(token.hash(), token.revoked(now)));
            return told(live.isPresent(), entry);
        }
    }

    @Override
    public List<StoredSession> sessions() {
        synchronized (tables) {
            return List.copyOf(tables.sessions.values());
        }
    }

    @Override
    public Optional<StoredSession> session(String hash) {
        synchronized (tables) {
            return Optional.ofNullable(tables.sessions.get(hash));
        }
    }

    @Override
    public CompletableFuture<Void> addSession(StoredSession session, AuditEntry entry) {
        synchronized (tables) {
            tables.sessions.values().removeIf(other -> !other.until().isAfter(session.startedAt()));
            tables.sessions.put(session.hash(), session);
            return told.apply(entry);
        }
    }

    @Override
    public CompletableFuture<Boolean> endSession(String hash, AuditEntry entry) {
        synchronized (tables) {
            return told(tables.sessions.remove(hash) != null, entry);
        }
    }

    @Override
    public CompletableFuture<Void> used(String hash, Instant now) {
        synchronized (tables) {
            tables.tokens.computeIfPresent(hash, (any, token) -> token.used(now));
            tables.sessions.computeIfPresent(hash, (any, session) -> session.used(now));
            return CompletableFuture.completedFuture(null);
        }
    }

    private CompletableFuture<Boolean> told(boolean isChanged, AuditEntry entry) {
        return isChanged ? told.apply(entry).thenApply(done -> true) : CompletableFuture.completedFuture(false);
    }
}
