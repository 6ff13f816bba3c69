// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import static io.jobyard.access.IdentityFixture.HERE;
import static io.jobyard.access.IdentityFixture.ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.ValidationException;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Permission;
import io.jobyard.spi.access.TokenScope;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.identity.NewToken;
import io.jobyard.spi.identity.StoredToken;
import io.jobyard.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens that tokens made: none grants more, or lives longer, than each of the chain that led to it. */
class TokenChainTest {

    private static final Set<Permission> NARROW = Set.of(Permission.ADMIN, Permission.VIEW, Permission.IMPERSONATE);

    private final IdentityFixture hosts = new IdentityFixture().user("ann").user("bob");
    private final UserAdministration identities = hosts.identities;
    private final SettableClock clock = hosts.clock;
    private final Instant tomorrow = clock.instant().plus(Duration.ofDays(1));

    @BeforeEach
    void roles() {
        hosts.roles.role("admins", "members", "user:ann", "permissions", "admin, view, impersonate");
        hosts.roles.role("team", "members", "user:bob", "permissions", "admin, view, submit, cancel, impersonate");
    }

    private Caller by(NewToken token) {
        return hosts.signIn.token(token.secret(), HERE).orElseThrow();
    }

    private static Caller by(String user, String token) {
        return Caller.user(user).by(new TokenScope(token, EnumSet.allOf(Permission.class)));
    }

    private boolean isGood(NewToken token) {
        return hosts.signIn.isGood(token.secret());
    }

    private NewToken first() {
        return identities.createToken(Caller.user("ann"), "ann", "first", NARROW, Duration.ofDays(1));
    }

    private NewToken make(Caller caller, String owner, String name, @Nullable Set<Permission> permissions) {
        return identities.createToken(caller, owner, name, permissions, null);
    }

    @Test
    void aTokenMadeForAUserForWhomATokenSpokeEndsWithThatToken() {
        NewToken first = first();
        NewToken made = make(by(first).as("bob"), "bob", "made", null);
        NewToken further = make(by(made).as("ann"), "ann", "further", null);

        assertThat(made.token().life().expiresAt()).isEqualTo(tomorrow);
        assertThat(further.token().life().expiresAt()).isEqualTo(tomorrow);
        assertThat(further.token().permissions()).isEqualTo(NARROW);
        clock.advance(Duration.ofDays(1));
        assertThat(isGood(made)).isFalse();
        assertThat(isGood(further)).isFalse();
    }

    @Test
    void aTokenForAnotherGrantsNothingThatTheOwnerOfItsMakerMayNotDo() {
        NewToken all = make(Caller.user("ann"), "ann", "all", null);
        assertThatThrownBy(() -> make(by(all), "bob", "wider", Set.of(Permission.VIEW, Permission.SUBMIT)))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("token all of ann does not include permission submit");
        assertThat(make(by(all), "bob", "same", null).token().permissions()).isEqualTo(NARROW);
        assertThat(make(by(all).as("bob"), "bob", "spoken", null).token().permissions())
                .isEqualTo(NARROW);
        assertThat(make(by(all), "ann", "own", null).token().permissions()).isNull();
    }

    @Test
    void aTokenIsRefusedWhileTheOwnerOfItsMakerIsDisabled() {
        NewToken made = make(by(first()), "bob", "made", null);
        NewToken further = make(by(made), "bob", "further", null);
        identities.disable(ROOT, "ann");
        assertThat(isGood(made)).isFalse();
        assertThat(isGood(further)).isFalse();
        identities.enable(ROOT, "ann");
        assertThat(isGood(further)).isTrue();
    }

    @Test
    void aTokenThatWasStoredWithoutItsBoundsIsBoundedAllTheSame() {
        first();
        Caller first = by("ann", "first");
        StoredToken wide = stored("wide", first.as("bob"));
        StoredToken further = stored("further", by("bob", "wide"));

        Caller caller = SignIns.caller(hosts.known.token(further.hash()).orElseThrow());
        assertThat(caller.isInScope(Permission.SUBMIT)).isFalse();
        assertThat(caller.isInScope(Permission.VIEW)).isTrue();
        assertThat(identities.tokens(ROOT, "bob"))
                .extracting(token -> token.life().expiresAt())
                .containsExactly(tomorrow, tomorrow);
        clock.advance(Duration.ofDays(1));
        assertThat(hosts.known.token(wide.hash())).isEmpty();
        assertThat(hosts.known.token(further.hash())).isEmpty();
    }

    @Test
    void aTokenThatIsStoredAfterItsMakerWasRevokedIsRefused() {
        first();
        identities.revokeToken(ROOT, "ann", "first");
        StoredToken late = stored("late", by("ann", "first"));
        StoredToken orphan = stored("orphan", by("ann", "unknown"));
        assertThat(hosts.known.token(late.hash())).isEmpty();
        assertThat(hosts.known.token(orphan.hash())).isEmpty();
    }

    @Test
    void aTokenThatIsOverMakesNone() {
        Caller first = by(first());
        clock.advance(Duration.ofDays(2));
        assertThatThrownBy(() -> make(first, "ann", "late", null))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("token first of ann has expired or was revoked");
    }

    @Test
    void revokingATokenRevokesWhatItMadeForOthersAndNothingElse() {
        hosts.user("my user ann");
        NewToken first = first();
        make(by(first).as("bob"), "bob", "made", null);
        stored("namesake", by("my user ann", "first"));
        identities.revokeToken(ROOT, "ann", "first");
        assertThat(identities.tokens(ROOT, "bob"))
                .filteredOn(token -> hosts.store
                                .identities()
                                .token(token.hash())
                                .orElseThrow()
                                .life()
                                .revokedAt()
                        == null)
                .extracting(StoredToken::name)
                .containsExactly("namesake");
    }

    /** As a host stored it that did not see to bounds, or at the same moment as its maker was revoked. */
    private StoredToken stored(String name, Caller maker) {
        StoredToken token = new StoredToken(
                name, "bob", name, null, clock.instant(), maker.inFull(), new StoredToken.TokenLife(null, null, null));
        CompletableFuture<Boolean> added = hosts.store
                .identities()
                .addToken(token, new AuditEntry(clock.instant(), maker.inFull(), "token-create", "bob", ""));
        assertThat(added.join()).isTrue();
        return token;
    }
}
