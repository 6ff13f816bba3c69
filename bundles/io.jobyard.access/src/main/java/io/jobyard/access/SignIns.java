// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.api.AccessException;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Permission;
import io.jobyard.spi.access.TokenScope;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.identity.IdentityStore;
import io.jobyard.spi.identity.PasswordHash;
import io.jobyard.spi.identity.SignIn;
import io.jobyard.spi.identity.SignedIn;
import io.jobyard.spi.identity.StoredSession;
import io.jobyard.spi.identity.StoredToken;
import io.jobyard.spi.identity.StoredUser;
import io.jobyard.spi.store.Futures;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Authentication against the users, tokens and sessions in the store. */
@Component
public final class SignIns implements SignIn {

    private static final String SIGN_IN = "sign-in";
    private static final String SOMEBODY = "unknown user at ";
    private static final Set<Permission> ALL = EnumSet.allOf(Permission.class);

    private final IdentityStore store;
    private final KnownIdentities known;
    private final Refusals refusals;
    private final Passwords passwords;
    private final RandomSecret random = new RandomSecret();
    private final OneTimeSecrets secrets;
    private final FailedAttempts attempts;
    private final FailedAttempts wrongTokens;
    private final OwnPassword own;

    @Activate
    public SignIns(
            @Reference IdentityStore store,
            @Reference KnownIdentities known,
            @Reference AuditKeeper audit,
            @Reference Clock clock) {
        this(store, known, audit.refusals(), new Passwords(known::now), clock);
    }

    SignIns(IdentityStore store, KnownIdentities known, Refusals refusals, Passwords passwords, Clock clock) {
        this.store = store;
        this.known = known;
        this.refusals = refusals;
        this.passwords = passwords;
        secrets = new OneTimeSecrets(clock, random);
        attempts = new FailedAttempts(clock);
        wrongTokens = new FailedAttempts(clock);
        own = new OwnPassword(store, known, refusals, passwords, attempts);
    }

    @Override
    public SignedIn password(String user, char[] password, String address) {
        String position = RemoteOrigin.of(address);
        String counted = Caller.isUserName(user) ? user : ""; // other input may be long
        attempts.begin(counted, position);
        boolean isRefused = false;
        try {
            Optional<StoredUser> named = counted.isEmpty() ? Optional.empty() : store.user(user);
            PasswordHash kept = named.map(StoredUser::password).orElse(passwords.decoy());
            boolean matches = passwords.matches(password, kept);
            Optional<StoredUser> let = named.filter(found -> matches).filter(found -> found.disabledAt() == null);
            isRefused = let.isEmpty();
            return let.map(found -> open(Caller.user(user), found.version(), address, "by password"))
                    .orElseThrow(() -> refused(named, address));
        } finally {
            if (!isRefused) {
                attempts.forgive(counted, position); // signed in, or the failure was not the user's
            }
        }
    }

    /**
     * Records a refused sign-in. Unknown names are not recorded, because people sometimes type a password in the name
     * field.
     */
    private AccessException refused(Optional<StoredUser> named, String address) {
        refused(address, named.map(user -> "user " + user.name()).orElse("an unknown user"), "sign in with a password");
        return new AccessException(
                "wrong name or password, or the user is disabled; try again, or ask an administrator for a new password",
                SIGN_IN);
    }

    @Override
    public void changePassword(Caller caller, char[] old, char[] next, String address) {
        own.change(caller, old, next, address);
    }

    private void refused(String address, String target, String detail) {
        refusals.refused(RemoteOrigin.of(address), SOMEBODY + RemoteOrigin.shown(address), target, detail);
    }

    @Override
    public String once(Caller caller) {
        if (caller.behind() != null || caller.scope() != null || !isOfSessions(caller.kind())) {
            throw new ValidationException("not allowed: " + caller.inFull() + " cannot have a session; sign in as a"
                    + " user or the local administrator, without --as and without a token");
        }
        if (version(caller).isEmpty()) {
            throw new ValidationException(caller + " cannot sign in; an administrator must add or enable the user");
        }
        return secrets.make(caller);
    }

    private static boolean isOfSessions(Caller.CallerKind kind) {
        return kind == Caller.CallerKind.ADMINISTRATOR || kind == Caller.CallerKind.USER;
    }

    /** Returns the user version for a new session; empty if the caller cannot have a session. */
    private Optional<Integer> version(Caller caller) {
        return caller.kind() == Caller.CallerKind.ADMINISTRATOR
                ? Optional.of(0)
                : Optional.ofNullable(known.user(caller.name())).map(StoredUser::version);
    }

    @Override
    public Optional<SignedIn> enter(String secret, String address) {
        Optional<Caller> caller = secrets.take(secret);
        if (caller.isEmpty()) {
            refused(address, "", "sign in with an invalid or expired one-time link");
        }
        return caller.flatMap(who -> version(who).map(version -> open(who, version, address, "by one-time link")));
    }

    private SignedIn open(Caller caller, int version, String address, String how) {
        Instant now = known.now();
        String cookie = random.next();
        String from = RemoteOrigin.shown(address);
        StoredSession session =
                new StoredSession(RandomSecret.hash(cookie), caller.kind(), caller.name(), version, from, now, now);
        AuditEntry entry =
                new AuditEntry(now, caller.inFull(), SIGN_IN, "session " + session.id(), how + " from " + from);
        Futures.join(store.addSession(session, entry));
        return new SignedIn(cookie, session.id(), caller, session.until());
    }

    @Override
    public Optional<SignedIn> session(String cookie) {
        return find(cookie).map(session -> new SignedIn(cookie, session.id(), session.caller(), session.until()));
    }

    private Optional<StoredSession> find(String cookie) {
        return find(cookie, "", known::session);
    }

    private static <T> Optional<T> find(String secret, String prefix, Function<String, Optional<T>> byHash) {
        return RandomSecret.isOne(secret, prefix) ? byHash.apply(RandomSecret.hash(secret)) : Optional.empty();
    }

    @Override
    public void signOut(String cookie) {
        find(cookie).ifPresent(session -> {
            String who = session.caller().inFull();
            AuditEntry entry = new AuditEntry(known.now(), who, "sign-out", "session " + session.id(), "");
            Futures.join(store.endSession(session.hash(), entry));
            known.changed();
        });
    }

    @Override
    public boolean isGood(String token) {
        return find(token, RandomSecret.TOKEN, known::token).isPresent();
    }

    @Override
    public Runnable onChange(Runnable listener) {
        return known.onChange(listener);
    }

    @Override
    public Optional<Caller> token(String token, String address) {
        Optional<StoredToken> found = find(token, RandomSecret.TOKEN, known::token);
        if (found.isEmpty()) {
            wrongTokens.begin(RemoteOrigin.of(address)); // failures from an address never block a valid token
            refused(address, "", "send an invalid or expired token");
        }
        return found.map(SignIns::caller);
    }

    static Caller caller(StoredToken token) {
        Set<Permission> permissions = token.permissions() == null ? ALL : token.permissions();
        return Caller.user(token.owner()).by(new TokenScope(token.name(), permissions));
    }
}
