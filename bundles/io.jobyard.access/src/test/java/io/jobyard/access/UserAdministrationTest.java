// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import static io.jobyard.access.IdentityFixture.HERE;
import static io.jobyard.access.IdentityFixture.PASSWORD;
import static io.jobyard.access.IdentityFixture.ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.jobyard.api.AccessException;
import io.jobyard.api.StateConflictException;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Permission;
import io.jobyard.spi.access.TokenScope;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.identity.NewToken;
import io.jobyard.spi.identity.StoredSession;
import io.jobyard.spi.identity.StoredToken;
import io.jobyard.spi.identity.UserStatus;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class UserAdministrationTest {

    private static final Caller ANN = Caller.user("ann");
    private static final Caller BOB = Caller.user("bob");

    private final IdentityFixture hosts = new IdentityFixture().user("ann").user("bob");
    private final UserAdministration identities = hosts.identities;

    private static void refused(ThrowingCallable what) {
        assertThatThrownBy(what).isInstanceOf(AccessException.class);
    }

    private void role(String permissions) {
        hosts.roles.role("team", "members", "user:ann", "permissions", permissions);
    }

    @Test
    void aUserIsListedWithTheRolesThatListTheName() {
        assertThat(identities.users(ROOT)).extracting(UserStatus::roles).containsExactly(Set.of(), Set.of());
        role("view");
        assertThat(identities.users(ROOT)).extracting(UserStatus::roles).containsExactly(Set.of("team"), Set.of());
        assertThat(identities.users(ROOT).get(0).createdBy()).isEqualTo("administrator root");
        assertThat(hosts.actions()).containsExactly("user-add", "user-add");
    }

    @Test
    void aNameThatIsTakenOrKeptForTheHostAndAShortPasswordAreRefused() {
        assertThatThrownBy(() -> identities.addUser(ROOT, "ann", PASSWORD.toCharArray()))
                .isInstanceOf(StateConflictException.class)
                .hasMessageContaining("user already exists: ann");
        assertThatThrownBy(() -> identities.addUser(ROOT, "jobyard", PASSWORD.toCharArray()))
                .isInstanceOf(ValidationException.class);
        assertThatThrownBy(() -> identities.addUser(ROOT, "eve", "hunter2".toCharArray()))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("invalid password: it has 7 characters; use 12 to 200");
        assertThatThrownBy(() -> identities.setPassword(ROOT, "anne", PASSWORD.toCharArray()))
                .hasMessageContaining("unknown user anne (did you mean 'ann'?)");
        assertThat(hosts.actions()).containsExactly("user-add", "user-add");
    }

    @Test
    void usersAreAdministeredByWhoeverHasAdmin() {
        role("view, operate");
        refused(() -> identities.users(ANN));
        refused(() -> identities.addUser(ANN, "eve", PASSWORD.toCharArray()));
        refused(() -> identities.setPassword(ANN, "ann", PASSWORD.toCharArray()));
        refused(() -> identities.disable(ANN, "bob"));
        refused(() -> identities.enable(ANN, "bob"));
        role("admin");
        identities.disable(ANN, "bob");
        assertThatThrownBy(() -> identities.disable(ANN, "bob")).isInstanceOf(StateConflictException.class);
        identities.enable(ANN, "bob");
        assertThatThrownBy(() -> identities.enable(ANN, "bob")).isInstanceOf(StateConflictException.class);
        assertThat(hosts.actions()).endsWith("user-disable", "user-enable");
    }

    @Test
    void aUserHasTokensOfItsOwnWithViewAndThoseOfOthersWithAdmin() {
        refused(() -> identities.createToken(ANN, "ann", "ci", null, null));
        role("view");
        identities.createToken(ANN, "ann", "ci", null, null);
        identities.createToken(ROOT, "bob", "ci", null, null);
        refused(() -> identities.createToken(ANN, "bob", "other", null, null));
        refused(() -> identities.tokens(ANN, "bob"));
        refused(() -> identities.revokeToken(ANN, "bob", "ci"));
        assertThat(identities.tokens(ANN, null)).extracting(StoredToken::owner).containsExactly("ann");
        assertThat(identities.tokens(ROOT, null)).extracting(StoredToken::owner).containsExactly("ann", "bob");
        identities.revokeToken(ANN, "ann", "ci");
        assertThatThrownBy(() -> identities.revokeToken(ANN, "ann", "ci")).isInstanceOf(ValidationException.class);
        role("view, admin");
        identities.revokeToken(ANN, "bob", "ci");
        assertThat(hosts.actions()).endsWith("token-revoke", "token-revoke");
    }

    @Test
    void whoeverSpeaksForAUserOrOnlyHasTheNameHasNothingOfTheUsers() {
        hosts.roles.role("team", "members", "user:ann, bundle:com.acme.reports", "permissions", "view, impersonate");
        refused(() -> identities.createToken(Caller.bundle("com.acme.reports").as("ann"), "ann", "ci", null, null));
        hosts.roles.role("named", "members", "sql:ann", "permissions", "view");
        refused(() -> identities.createToken(Caller.sql("ann"), "ann", "ci", null, null));
        refused(() -> identities.sessions(Caller.sql("ann")));
    }

    @Test
    void whoeverSpeaksForAUserSeesTokensAndSessionsOfThatUserWithViewAndChangesNone() {
        role("view");
        identities.createToken(ROOT, "ann", "ci", null, null);
        identities.createToken(ROOT, "bob", "ci", null, null);
        hosts.signIn.password("ann", PASSWORD.toCharArray(), HERE);
        hosts.signIn.password("bob", PASSWORD.toCharArray(), HERE);
        Caller shell = ROOT.as("ann");
        assertThat(identities.tokens(shell, null))
                .extracting(StoredToken::owner)
                .containsExactly("ann");
        assertThat(identities.tokens(shell, "ann")).hasSize(1);
        refused(() -> identities.tokens(shell, "bob"));
        List<StoredSession> sessions = identities.sessions(shell);
        assertThat(sessions).extracting(StoredSession::caller).containsExactly(ANN);
        refused(() -> identities.revokeSession(shell, sessions.get(0).id()));
        refused(() -> identities.revokeToken(shell, "ann", "ci"));
        refused(() -> identities.createToken(shell, "ann", "more", null, null));
        role("submit");
        refused(() -> identities.tokens(shell, "ann"));
        refused(() -> identities.sessions(shell));
    }

    @Test
    void aTokenMakesNoneThatIsGoodForMoreOrForLonger() {
        role("view, submit, cancel");
        identities.createToken(ANN, "ann", "parent", Set.of(Permission.VIEW, Permission.SUBMIT), Duration.ofDays(1));
        Caller token = ANN.by(new TokenScope("parent", Set.of(Permission.VIEW, Permission.SUBMIT)));
        assertThatThrownBy(() ->
                        identities.createToken(token, "ann", "wider", Set.of(Permission.VIEW, Permission.CANCEL), null))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("token parent of ann does not include permission cancel");
        NewToken same = identities.createToken(token, "ann", "same", null, null);
        assertThat(same.token().permissions()).containsExactlyInAnyOrder(Permission.VIEW, Permission.SUBMIT);
        assertThat(same.token().life().expiresAt())
                .isEqualTo(hosts.clock.instant().plus(Duration.ofDays(1)));
        assertThat(same.token().createdBy()).isEqualTo("user ann, by token parent");
        NewToken less = identities.createToken(token, "ann", "less", Set.of(Permission.VIEW), Duration.ofHours(1));
        assertThat(less.token().life().expiresAt())
                .isEqualTo(hosts.clock.instant().plus(Duration.ofHours(1)));
        Caller narrow = ANN.by(new TokenScope("less", Set.of(Permission.SUBMIT)));
        refused(() -> identities.createToken(narrow, "ann", "none", null, null));
    }

    @Test
    void whatATokenHasMadeIsRevokedWithIt() {
        role("view, admin");
        Set<Permission> all = Set.of(Permission.VIEW, Permission.ADMIN);
        identities.createToken(ANN, "ann", "parent", all, null);
        identities.createToken(ANN, "ann", "beside", all, null);
        identities.createToken(ANN, "ann", "parent2", all, null);
        Caller parent = ANN.by(new TokenScope("parent", all));
        identities.createToken(parent, "ann", "child", null, null);
        identities.createToken(ANN.by(new TokenScope("child", all)), "bob", "grandchild", null, null);
        identities.createToken(ANN.by(new TokenScope("parent2", all)), "ann", "of-another", null, null);
        identities.createToken(parent, "ann", "gone", null, null);
        identities.revokeToken(ANN, "ann", "gone");

        identities.revokeToken(ANN, "ann", "parent");

        assertThat(identities.tokens(ROOT, null))
                .filteredOn(token -> token.life().revokedAt() == null)
                .extracting(StoredToken::name)
                .containsExactlyInAnyOrder("beside", "parent2", "of-another");
        assertThat(hosts.audit())
                .filteredOn(entry -> entry.action().equals("token-revoke"))
                .extracting(AuditEntry::target, AuditEntry::detail)
                .containsExactly(
                        tuple("ann", "token gone"),
                        tuple("ann", "token parent"),
                        tuple("ann", "token child, created with token parent of ann"),
                        tuple("bob", "token grandchild, created with token child of ann"));
    }

    @Test
    void aTokenHasANameOfItsOwnAndIsOfAUserThatThereIs() {
        identities.createToken(ROOT, "ann", "ci", null, null);
        identities.revokeToken(ROOT, "ann", "ci");
        assertThatThrownBy(() -> identities.createToken(ROOT, "ann", "ci", null, null))
                .isInstanceOf(StateConflictException.class)
                .hasMessageContaining("has, or had, a token ci");
        assertThatThrownBy(() -> identities.createToken(ROOT, "nobody", "ci", null, null))
                .isInstanceOf(ValidationException.class);
        assertThatThrownBy(() -> identities.createToken(ROOT, "ann", "ci, by token x", null, null))
                .isInstanceOf(ValidationException.class);
        assertThatThrownBy(() -> identities.createToken(ROOT, "ann", "none", Set.of(), null))
                .isInstanceOf(ValidationException.class);
        assertThatThrownBy(() -> identities.createToken(ROOT, "ann", "late", null, Duration.ofDays(100_000)))
                .isInstanceOf(ValidationException.class);
    }

    @Test
    void aUserSeesAndEndsSessionsOfItsOwnAndOthersWithAdmin() {
        role("view");
        hosts.signIn.password("ann", PASSWORD.toCharArray(), HERE);
        String cookie =
                hosts.signIn.password("bob", PASSWORD.toCharArray(), HERE).cookie();
        hosts.signIn.enter(hosts.signIn.once(Caller.administrator("ann")), HERE);
        assertThat(identities.sessions(ANN)).extracting(StoredSession::caller).containsExactly(ANN);
        assertThat(identities.sessions(ROOT)).hasSize(3);
        String others = identities.sessions(ROOT).stream()
                .filter(session -> session.caller().equals(BOB))
                .findFirst()
                .orElseThrow()
                .id();
        assertThatThrownBy(() -> identities.revokeSession(ANN, others)).isInstanceOf(ValidationException.class);
        assertThat(hosts.signIn.session(cookie)).isPresent();
        identities.revokeSession(ROOT, others);
        assertThat(hosts.signIn.session(cookie)).isEmpty();
        assertThat(hosts.actions()).endsWith("session-revoke");
        role("submit");
        refused(() -> identities.sessions(ANN));
    }
}
