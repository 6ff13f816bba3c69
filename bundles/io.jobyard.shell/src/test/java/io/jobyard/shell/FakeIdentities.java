// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.ValidationException;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Permission;
import io.jobyard.spi.identity.Identities;
import io.jobyard.spi.identity.NewToken;
import io.jobyard.spi.identity.StoredSession;
import io.jobyard.spi.identity.StoredToken;
import io.jobyard.spi.identity.UserStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A user with a token and a session, and what was asked of them. */
final class FakeIdentities implements Identities {

    static final Instant T0 = FakeJobs.CREATED;

    /** Passwords that were set. */
    final List<String> passwords = new ArrayList<>();

    final List<Caller> callers = new ArrayList<>();
    List<StoredToken> tokens = List.of(
            token("ci", Set.of(Permission.VIEW, Permission.SUBMIT), T0.plusSeconds(86_400), null),
            token("old", null, null, T0));
    List<StoredSession> sessions = List.of(new StoredSession(
            "0123456789abcdef0123", Caller.CallerKind.USER, "ann", 1, "192.0.2.7", T0, T0.plusSeconds(60)));

    private static StoredToken token(
            String name, @Nullable Set<Permission> permissions, @Nullable Instant end, @Nullable Instant revoked) {
        return new StoredToken(
                "0a", "ann", name, permissions, T0, "administrator root", new StoredToken.TokenLife(end, end, revoked));
    }

    private static UserStatus user(String name, @Nullable Instant disabledAt, String... roles) {
        return new UserStatus(name, T0, "administrator root", T0, disabledAt, Set.of(roles));
    }

    @Override
    public List<UserStatus> users(Caller caller) {
        callers.add(caller);
        return List.of(user("ann", null, "team"), user("bob", T0));
    }

    @Override
    public UserStatus addUser(Caller caller, String name, char[] password) {
        passwords.add(new String(password));
        return name.equals("ann") ? user(name, null, "team") : user(name, null);
    }

    @Override
    public UserStatus setPassword(Caller caller, String name, char[] password) {
        passwords.add(new String(password));
        return user(name, null);
    }

    @Override
    public UserStatus disable(Caller caller, String name) {
        return user(name, T0);
    }

    @Override
    public UserStatus enable(Caller caller, String name) {
        return user(name, null);
    }

    @Override
    public NewToken createToken(
            Caller caller, String owner, String name, @Nullable Set<Permission> permissions, @Nullable Duration life) {
        Instant end = life == null ? null : T0.plus(life);
        return new NewToken(
                new StoredToken(
                        "0a",
                        owner,
                        name,
                        permissions,
                        T0,
                        caller.inFull(),
                        new StoredToken.TokenLife(end, null, null)),
                "jyt_secret");
    }

    @Override
    public List<StoredToken> tokens(Caller caller, @Nullable String owner) {
        return owner == null || owner.equals("ann") ? tokens : List.of();
    }

    @Override
    public void revokeToken(Caller caller, String owner, String name) {
        if (!name.equals("ci")) {
            throw new ValidationException("user " + owner + " has no token " + name);
        }
    }

    @Override
    public List<StoredSession> sessions(Caller caller) {
        return sessions;
    }

    @Override
    public StoredSession revokeSession(Caller caller, String id) {
        return sessions.get(0);
    }
}
