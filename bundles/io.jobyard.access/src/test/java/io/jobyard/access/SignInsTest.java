// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import static io.jobyard.access.IdentityFixture.ELSEWHERE;
import static io.jobyard.access.IdentityFixture.HERE;
import static io.jobyard.access.IdentityFixture.PASSWORD;
import static io.jobyard.access.IdentityFixture.ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.AccessException;
import io.jobyard.api.QuotaException;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Permission;
import io.jobyard.spi.access.TokenScope;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.identity.SignedIn;
import io.jobyard.spi.identity.StoredSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SignInsTest {

    private static final String WRONG = "some other words";

    private final IdentityFixture hosts = new IdentityFixture().user("ann");

    private SignedIn enter(String user, String password, String address) {
        return hosts.signIn.password(user, password.toCharArray(), address);
    }

    private String refusal(String user, String password, String address) {
        return org.assertj.core.api.Assertions.catchThrowableOfType(
                        AccessException.class, () -> enter(user, password, address))
                .getMessage();
    }

    @Test
    void aUserSignsInWithThePasswordAndIsKnownByTheCookieAlone() {
        SignedIn session = enter("ann", PASSWORD, HERE);
        assertThat(session.caller()).isEqualTo(Caller.user("ann"));
        assertThat(session.cookie()).matches("[A-Za-z0-9_-]{43}");
        assertThat(hosts.signIn.session(session.cookie())).contains(session);
        assertThat(hosts.signIn.session(
                        session.cookie().replace(session.cookie().charAt(0), '!')))
                .isEmpty();
        assertThat(hosts.signIn.session("")).isEmpty();
        AuditEntry entry = hosts.audit().get(1);
        assertThat(entry.action()).isEqualTo("sign-in");
        assertThat(entry.who()).isEqualTo("user ann");
        assertThat(entry.detail()).isEqualTo("by password from " + HERE);
    }

    @Test
    void whoeverIsRefusedHearsTheSameWhateverTheReasonAndTheAuditNamesOnlyUsersThatThereAre() {
        hosts.user("bob").identities.disable(ROOT, "bob");
        String wrong = refusal("ann", WRONG, HERE);
        assertThat(refusal("nobody", PASSWORD, HERE)).isEqualTo(wrong);
        assertThat(refusal("bob", PASSWORD, HERE)).isEqualTo(wrong);
        assertThat(refusal("\u0000", PASSWORD, HERE)).isEqualTo(wrong);
        assertThat(refusal("ann", "x".repeat(100_000), ELSEWHERE)).isEqualTo(wrong);
        assertThat(hosts.audit())
                .filteredOn(entry -> entry.action().equals("refused"))
                .extracting(entry -> entry.who() + ": " + entry.target())
                .containsExactly(
                        "unknown user at " + HERE + ": user ann",
                        "unknown user at " + HERE + ": an unknown user",
                        "unknown user at " + HERE + ": user bob",
                        "unknown user at " + ELSEWHERE + ": user ann");
    }

    @Test
    void aStrangerWhoGuessesIsSlowedDownAndKeepsNobodyElseOut() {
        for (int n = 0; n < FailedAttempts.FREE_OF_USER; n++) {
            refusal("ann", WRONG, ELSEWHERE);
        }
        assertThatThrownBy(() -> enter("ann", PASSWORD, ELSEWHERE))
                .isInstanceOf(QuotaException.class)
                .hasMessage("too many failed attempts from " + ELSEWHERE + "; try again in 1 s");
        assertThat(enter("ann", PASSWORD, HERE).caller().name()).isEqualTo("ann");
        hosts.clock.advance(Duration.ofSeconds(1));
        refusal("ann", WRONG, ELSEWHERE);
        assertThatThrownBy(() -> enter("ann", PASSWORD, ELSEWHERE)).hasMessageEndingWith("try again in 2 s");
        hosts.clock.advance(Duration.ofSeconds(2));
        enter("ann", PASSWORD, ELSEWHERE);
        refusal("ann", WRONG, ELSEWHERE);
        enter("ann", PASSWORD, ELSEWHERE);
    }

    @Test
    void aSessionEndsTwelveHoursAfterItsLastUseAndSevenDaysAfterItsBeginning() {
        SignedIn session = enter("ann", PASSWORD, HERE);
        for (int n = 0; n < 15; n++) {
            hosts.clock.advance(Duration.ofHours(11));
            assertThat(hosts.signIn.session(session.cookie())).isPresent();
        }
        hosts.clock.advance(Duration.ofHours(3));
        assertThat(hosts.signIn.session(session.cookie())).isEmpty();

        SignedIn other = enter("ann", PASSWORD, HERE);
        hosts.clock.advance(StoredSession.IDLE.minusSeconds(1));
        assertThat(hosts.signIn.session(other.cookie())).isPresent();
        hosts.clock.advance(StoredSession.IDLE);
        assertThat(hosts.signIn.session(other.cookie())).isEmpty();
    }

    @Test
    void theLastUseIsStoredAtMostOnceAMinute() {
        SignedIn session = enter("ann", PASSWORD, HERE);
        hosts.clock.advance(Duration.ofSeconds(59));
        hosts.signIn.session(session.cookie());
        assertThat(used()).isEqualTo(hosts.clock.instant().minusSeconds(59));
        hosts.clock.advance(Duration.ofSeconds(1));
        hosts.signIn.session(session.cookie());
        assertThat(used()).isEqualTo(hosts.clock.instant());
        hosts.clock.advance(Duration.ofSeconds(30));
        hosts.signIn.session(session.cookie());
        assertThat(used()).isEqualTo(hosts.clock.instant().minusSeconds(30));
    }

    private java.time.Instant used() {
        return hosts.store.identities().sessions().get(0).usedAt();
    }

    @Test
    void whatIsTakenAwayOnThisHostIsRefusedAtOnceAndWhatIsOnAnotherWithinTwoSeconds() {
        SignedIn session = enter("ann", PASSWORD, HERE);
        String token =
                hosts.identities.createToken(ROOT, "ann", "ci", null, null).secret();
        assertThat(hosts.signIn.token(token, HERE)).isPresent();
        assertThat(hosts.signIn.session(session.cookie())).isPresent();
        hosts.identitiesThere.disable(ROOT, "ann");
        hosts.clock.advance(ExpiringCache.BRIEF);
        assertThat(hosts.signIn.token(token, HERE)).isEmpty();
        assertThat(hosts.signIn.session(session.cookie())).isEmpty();

        hosts.identities.enable(ROOT, "ann");
        assertThat(hosts.signIn.token(token, HERE)).isPresent();
        assertThat(hosts.signIn.session(session.cookie())).isEmpty();
        hosts.identities.revokeToken(ROOT, "ann", "ci");
        assertThat(hosts.signIn.token(token, HERE)).isEmpty();
    }

    @Test
    void whatTheStoreTellsOfAnotherHostIsKnownAtOnceAndThenToldOn() {
        String token =
                hosts.identities.createToken(ROOT, "ann", "ci", null, null).secret();
        hosts.store.listen(hosts.known);
        List<Boolean> told = new ArrayList<>();
        Runnable end = hosts.signIn.onChange(() -> told.add(hosts.signIn.isGood(token)));
        assertThat(hosts.signIn.isGood(token)).isTrue();
        hosts.identitiesThere.createToken(ROOT, "ann", "other", null, null);
        hosts.identitiesThere.revokeToken(ROOT, "ann", "ci");
        end.run();
        hosts.identitiesThere.revokeToken(ROOT, "ann", "other");
        assertThat(told).containsExactly(true, false);
    }

    @Test
    void whoAsksAgainByATokenThatIsRevokedIsNeitherCountedNorRecorded() {
        String token =
                hosts.identities.createToken(ROOT, "ann", "ci", null, null).secret();
        hosts.identities.revokeToken(ROOT, "ann", "ci");
        List<String> before = hosts.actions();
        for (int n = 0; n < 50; n++) {
            assertThat(hosts.signIn.isGood(token)).isFalse();
            assertThat(hosts.signIn.isGood("none")).isFalse();
        }
        assertThat(hosts.actions()).isEqualTo(before);
        assertThat(hosts.signIn.token(token, HERE)).isEmpty();
    }

    @Test
    void anotherPasswordEndsTheSessionsAndSigningOutTheOne() {
        SignedIn one = enter("ann", PASSWORD, HERE);
        SignedIn other = enter("ann", PASSWORD, HERE);
        hosts.signIn.signOut(one.cookie());
        hosts.signIn.signOut(one.cookie());
        assertThat(hosts.signIn.session(one.cookie())).isEmpty();
        assertThat(hosts.signIn.session(other.cookie())).isPresent();
        assertThat(hosts.actions()).endsWith("sign-in", "sign-in", "sign-out");
        hosts.identities.setPassword(ROOT, "ann", WRONG.toCharArray());
        assertThat(hosts.signIn.session(other.cookie())).isEmpty();
        refusal("ann", PASSWORD, HERE);
        enter("ann", WRONG, HERE);
    }

    @Test
    void aUserGivesHimselfAnotherPasswordByTheOneInForceWhichEndsHisSessions() {
        SignedIn session = enter("ann", PASSWORD, HERE);
        hosts.clock.advance(Duration.ofSeconds(5));
        change(Caller.user("ann"), PASSWORD, WRONG);
        assertThat(hosts.signIn.session(session.cookie())).isEmpty();
        refusal("ann", PASSWORD, HERE);
        enter("ann", WRONG, HERE);
        AuditEntry entry = hosts.audit().stream()
                .filter(each -> each.action().equals("user-password"))
                .findFirst()
                .orElseThrow();
        assertThat(entry.who() + ": " + entry.target() + ", " + entry.detail())
                .isEqualTo("user ann: ann, own password, from " + HERE);
        assertThat(hosts.store.identities().users().get(0).passwordAt()).isEqualTo(hosts.clock.instant());
        change(Caller.user("ann").by(new TokenScope("ci", Set.of(Permission.VIEW))), WRONG, PASSWORD);
        enter("ann", PASSWORD, HERE);
    }

    private void change(Caller caller, String old, String next) {
        hosts.signIn.changePassword(caller, old.toCharArray(), next.toCharArray(), HERE);
    }

    @Test
    void whoGuessesThePasswordInForceIsRefusedAndSlowedDownAsAtASignIn() {
        for (int n = 0; n < FailedAttempts.FREE_OF_USER; n++) {
            assertThatThrownBy(() -> change(Caller.user("ann"), WRONG, "another four words"))
                    .isInstanceOf(AccessException.class)
                    .hasMessage("wrong password; enter your current password");
        }
        assertThatThrownBy(() -> change(Caller.user("ann"), PASSWORD, WRONG)).isInstanceOf(QuotaException.class);
        assertThatThrownBy(() -> enter("ann", PASSWORD, HERE)).isInstanceOf(QuotaException.class);
        assertThat(hosts.audit())
                .filteredOn(entry -> entry.action().equals("refused"))
                .isNotEmpty()
                .allMatch(entry -> entry.who().equals("user ann"));
        hosts.clock.advance(Duration.ofSeconds(1));
        change(Caller.user("ann"), PASSWORD, WRONG);
    }

    @Test
    void onlyUsersHaveAPasswordToChangeAndOnlyForThemselvesAndToAnother() {
        for (Caller caller : new Caller[] {
            ROOT,
            Caller.bundle("com.acme"),
            Caller.sql("ann"),
            ROOT.as("ann"),
            Caller.user("bob").as("ann")
        }) {
            assertThatThrownBy(() -> change(caller, PASSWORD, WRONG))
                    .as(caller.inFull())
                    .isInstanceOf(ValidationException.class);
        }
        assertThatThrownBy(() -> change(Caller.user("nobody"), PASSWORD, WRONG)).isInstanceOf(AccessException.class);
        for (String next : new String[] {PASSWORD, "short", "x".repeat(201)}) {
            assertThatThrownBy(() -> change(Caller.user("ann"), PASSWORD, next))
                    .as(next)
                    .isInstanceOf(ValidationException.class);
        }
        enter("ann", PASSWORD, HERE);
    }

    @Test
    void aTokenAsksForItsOwnerWithWhatItIsGoodForUntilItExpires() {
        String secret = hosts.identities
                .createToken(ROOT, "ann", "ci", Set.of(Permission.VIEW), Duration.ofDays(1))
                .secret();
        assertThat(secret).matches("jyt_[A-Za-z0-9_-]{43}");
        assertThat(hosts.signIn.token(secret, HERE))
                .contains(Caller.user("ann").by(new TokenScope("ci", Set.of(Permission.VIEW))));
        assertThat(hosts.store.identities().tokens("ann").get(0).life().usedAt())
                .isEqualTo(hosts.clock.instant());
        String all =
                hosts.identities.createToken(ROOT, "ann", "all", null, null).secret();
        assertThat(hosts.signIn.token(all, HERE))
                .contains(Caller.user("ann").by(new TokenScope("all", EnumSet.allOf(Permission.class))));
        hosts.clock.advance(Duration.ofDays(1));
        assertThat(hosts.signIn.token(secret, HERE)).isEmpty();
        assertThat(hosts.signIn.token(all, HERE)).isPresent();
    }

    @Test
    void whoSendsWrongTokensIsSlowedDownAndGoodOnesFromThereAreLetIn() {
        String good =
                hosts.identities.createToken(ROOT, "ann", "ci", null, null).secret();
        for (int n = 0; n < FailedAttempts.FREE_OF_PLACE; n++) {
            assertThat(hosts.signIn.token("jyt_" + n, HERE)).isEmpty();
        }
        assertThatThrownBy(() -> hosts.signIn.token("jyt_", HERE)).isInstanceOf(QuotaException.class);
        assertThat(hosts.signIn.token(good, HERE)).isPresent();
        enter("ann", PASSWORD, HERE);
    }

    @Test
    void aOneTimeLinkOpensOneSessionOfItsKindWithinAMinute() {
        String secret = hosts.signIn.once(ROOT);
        SignedIn session = hosts.signIn.enter(secret, HERE).orElseThrow();
        assertThat(session.caller()).isEqualTo(ROOT);
        assertThat(hosts.signIn.session(session.cookie()).orElseThrow().caller())
                .isEqualTo(ROOT);
        assertThat(hosts.signIn.enter(secret, HERE)).isEmpty();
        String late = hosts.signIn.once(Caller.user("ann"));
        hosts.clock.advance(OneTimeSecrets.GOOD);
        assertThat(hosts.signIn.enter(late, HERE)).isEmpty();
        String disabled = hosts.signIn.once(Caller.user("ann"));
        hosts.identities.disable(ROOT, "ann");
        assertThat(hosts.signIn.enter(disabled, HERE)).isEmpty();
    }

    @Test
    void onlyUsersThatThereAreAndTheAdministratorThemselvesGetALink() {
        TokenScope scope = new TokenScope("ci", Set.of(Permission.VIEW));
        for (Caller caller : new Caller[] {
            Caller.user("nobody"), Caller.bundle("com.acme"), Caller.user("ann").by(scope), ROOT.as("ann")
        }) {
            assertThatThrownBy(() -> hosts.signIn.once(caller))
                    .as(caller.inFull())
                    .isInstanceOf(ValidationException.class);
        }
    }

    @Test
    void nothingSecretIsInTheStoreOrTheAudit() {
        SignedIn session = enter("ann", PASSWORD, HERE);
        String token =
                hosts.identities.createToken(ROOT, "ann", "ci", null, null).secret();
        String all = hosts.audit() + " " + hosts.store.identities().users()
                + hosts.store.identities().tokens(null)
                + hosts.store.identities().sessions() + session;
        assertThat(all).doesNotContain(PASSWORD, session.cookie(), token);
    }
}
