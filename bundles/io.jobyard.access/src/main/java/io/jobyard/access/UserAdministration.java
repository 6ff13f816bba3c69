// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.api.StateConflictException;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Permission;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.identity.Identities;
import io.jobyard.spi.identity.IdentityStore;
import io.jobyard.spi.identity.NewToken;
import io.jobyard.spi.identity.StoredSession;
import io.jobyard.spi.identity.StoredToken;
import io.jobyard.spi.identity.StoredUser;
import io.jobyard.spi.identity.UserStatus;
import io.jobyard.spi.store.Futures;
import io.jobyard.spi.text.Spelling;
import io.jobyard.spi.text.VisibleText;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Administration of users, tokens and sessions in the store. */
@Component
public final class UserAdministration implements Identities {

    private final IdentityStore store;
    private final KnownIdentities known;
    private final Access access;
    private final RoleRegistry roles;
    private final Passwords passwords;
    private final TokenMaker maker;

    @Activate
    public UserAdministration(
            @Reference IdentityStore store,
            @Reference KnownIdentities known,
            @Reference Access access,
            @Reference RoleRegistry roles) {
        this(store, known, access, roles, new Passwords(known::now));
    }

    UserAdministration(
            IdentityStore store, KnownIdentities known, Access access, RoleRegistry roles, Passwords passwords) {
        this.store = store;
        this.known = known;
        this.access = access;
        this.roles = roles;
        this.passwords = passwords;
        maker = new TokenMaker(store, roles);
    }

    @Override
    public List<UserStatus> users(Caller caller) {
        access.require(caller, AccessRule.USERS);
        return store.users().stream()
                .sorted(Comparator.comparing(StoredUser::name))
                .map(this::status)
                .toList();
    }

    private UserStatus status(StoredUser user) {
        Set<String> listing = roles.current().listing(new Member(Caller.CallerKind.USER, user.name()));
        return new UserStatus(
                user.name(), user.createdAt(), user.createdBy(), user.passwordAt(), user.disabledAt(), listing);
    }

    @Override
    public UserStatus addUser(Caller caller, String name, char[] password) {
        access.require(caller, AccessRule.USERS);
        String checked = caller.as(name).name();
        Instant now = known.now();
        StoredUser user = new StoredUser(checked, 1, passwords.hash(password), now, caller.inFull(), now, null);
        if (!Futures.join(store.addUser(user, entry(caller, "user-add", user.name(), "")))) {
            throw new StateConflictException(
                    "user already exists: " + name + "; choose another name, or set another password");
        }
        known.changed();
        return status(user);
    }

    @Override
    public UserStatus setPassword(Caller caller, String name, char[] password) {
        access.require(caller, AccessRule.USERS);
        StoredUser before = find(name);
        return change(caller, "user-password", before.withPassword(passwords.hash(password), known.now()));
    }

    @Override
    public UserStatus disable(Caller caller, String name) {
        access.require(caller, AccessRule.USERS);
        StoredUser before = find(name);
        if (before.disabledAt() != null) {
            throw new StateConflictException("user " + name + " has been disabled since " + before.disabledAt());
        }
        return change(caller, "user-disable", before.disabled(known.now()));
    }

    @Override
    public UserStatus enable(Caller caller, String name) {
        access.require(caller, AccessRule.USERS);
        StoredUser before = find(name);
        if (before.disabledAt() == null) {
            throw new StateConflictException("user " + name + " is not disabled");
        }
        return change(caller, "user-enable", before.disabled(null));
    }

    private UserStatus change(Caller caller, String action, StoredUser next) {
        if (!Futures.join(store.changeUser(next, entry(caller, action, next.name(), "")))) {
            throw new StateConflictException("another request is changing user " + next.name()
                    + "; check the user's current state, and try again");
        }
        known.changed();
        return status(next);
    }

    private StoredUser find(String name) {
        Optional<StoredUser> found = Caller.isUserName(name) ? store.user(name) : Optional.empty();
        return found.orElseThrow(() -> {
            List<String> names = store.users().stream().map(StoredUser::name).toList();
            return new ValidationException(
                    "unknown user " + VisibleText.line(name) + Spelling.hint(name, names) + "; add the user first");
        });
    }

    @Override
    public NewToken createToken(
            Caller caller, String owner, String name, @Nullable Set<Permission> permissions, @Nullable Duration life) {
        require(caller, owner);
        find(owner);
        NewToken made = maker.make(caller, owner, name, permissions, life, known.now());
        StoredToken token = made.token();
        if (!Futures.join(store.addToken(token, entry(caller, "token-create", owner, TokenMaker.words(token))))) {
            throw new StateConflictException(
                    "user " + owner + " already has, or had, a token " + name + "; use another name");
        }
        return made;
    }

    @Override
    public List<StoredToken> tokens(Caller caller, @Nullable String owner) {
        String whose = owner == null && !mayAll(caller) ? caller.name() : owner;
        requireSight(caller, whose);
        List<StoredToken> all = store.tokens(null);
        TokenChain chain = new TokenChain(all);
        return all.stream()
                .filter(token -> whose == null || token.owner().equals(whose))
                .map(token -> chain.bounded(token).orElse(token))
                .sorted(Comparator.comparing(StoredToken::owner).thenComparing(StoredToken::name))
                .toList();
    }

    @Override
    public void revokeToken(Caller caller, String owner, String name) {
        require(caller, owner);
        Instant now = known.now();
        if (!Futures.join(store.revokeToken(owner, name, now, entry(caller, "token-revoke", owner, "token " + name)))) {
            throw new ValidationException("token not found: user " + VisibleText.line(owner) + " has no valid token "
                    + VisibleText.line(name) + "; see the list of tokens");
        }
        revokeMadeBy(caller, owner, name, now);
        known.changed();
    }

    /** Revokes all tokens that a token created, directly or indirectly, including those for other users. */
    private void revokeMadeBy(Caller caller, String owner, String name, Instant now) {
        for (StoredToken made : store.tokens(null)) {
            if (TokenChain.isMadeBy(made, owner, name)) {
                String what = "token " + made.name() + ", created with token " + name + " of " + owner;
                if (made.life().revokedAt() == null) {
                    Futures.join(store.revokeToken(
                            made.owner(), made.name(), now, entry(caller, "token-revoke", made.owner(), what)));
                }
                revokeMadeBy(caller, made.owner(), made.name(), now);
            }
        }
    }

    @Override
    public List<StoredSession> sessions(Caller caller) {
        boolean isAll = mayAll(caller);
        requireSight(caller, isAll ? null : caller.name());
        Instant now = known.now();
        return store.sessions().stream()
                .filter(session -> isAll || session.caller().equals(Caller.user(caller.name())))
                .filter(session -> now.isBefore(session.until()))
                .sorted(Comparator.comparing(StoredSession::usedAt).reversed())
                .toList();
    }

    @Override
    public StoredSession revokeSession(Caller caller, String id) {
        require(caller, mayAll(caller) ? null : caller.name());
        StoredSession found = sessions(caller).stream()
                .filter(session -> session.id().equals(id))
                .filter(session -> Futures.join(store.endSession(
                        session.hash(),
                        entry(caller, "session-revoke", session.caller().toString(), "session " + id))))
                .findFirst()
                .orElseThrow(() -> new ValidationException(
                        "session not found: " + VisibleText.line(id) + "; see the list of sessions"));
        known.changed();
        return found;
    }

    /**
     * Checks a change of sign-ins. A user's own sign-ins need fewer permissions, unless another user acts as that user. A null owner
     * stands for all users.
     */
    private void require(Caller caller, @Nullable String owner) {
        if (caller.behind() == null) {
            requireSight(caller, owner);
        } else {
            access.require(caller, AccessRule.USERS);
        }
    }

    /**
     * Checks a look at sign-ins. A user's own sign-ins need fewer permissions, even if another user acts as that user. A null owner
     * stands for all users.
     */
    private void requireSight(Caller caller, @Nullable String owner) {
        if (owner != null && caller.kind() == Caller.CallerKind.USER) {
            access.require(caller, AccessRule.SIGN_INS, owner, "");
        } else {
            access.require(caller, AccessRule.USERS);
        }
    }

    private boolean mayAll(Caller caller) {
        return access.allows(caller, AccessRule.USERS, true);
    }

    private AuditEntry entry(Caller caller, String action, String target, String detail) {
        return new AuditEntry(known.now(), caller.inFull(), action, target, detail);
    }
}
