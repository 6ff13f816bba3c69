// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Permission;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.audit.AuditRow;
import io.jobyard.spi.identity.IdentityStore;
import io.jobyard.spi.identity.PasswordHash;
import io.jobyard.spi.identity.StoredSession;
import io.jobyard.spi.identity.StoredToken;
import io.jobyard.spi.identity.StoredUser;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

interface IdentityConformance extends Conformance {

    Instant NOW = Instant.parse("2026-11-28T12:00:00.123456Z");
    String NAME = "Ünï \uD83D\uDE00";

    private IdentityStore identities() {
        return under().service(IdentityStore.class);
    }

    private static AuditEntry entry(String action) {
        return new AuditEntry(NOW, "user root", action, "it", "");
    }

    private static StoredUser user(String name) {
        return new StoredUser(name, 1, new PasswordHash(600_000, "salt", "hash"), NOW, "administrator root", NOW, null);
    }

    private static StoredToken token(String hash, String owner, String name) {
        return new StoredToken(
                hash,
                owner,
                name,
                Set.of(Permission.VIEW_ALL),
                NOW,
                "user root",
                new StoredToken.TokenLife(NOW, null, null));
    }

    private void open(String hash, Caller.CallerKind kind, String user, Instant startedAt) {
        done(identities().addSession(session(hash, kind, user, startedAt), entry("session")));
    }

    private static StoredSession session(String hash, Caller.CallerKind kind, String user, Instant startedAt) {
        return new StoredSession(hash, kind, user, 1, "192.0.2.7", startedAt, startedAt);
    }

    private long audited(String action) {
        return audit().audited().stream()
                .flatMap(life -> audit().rows(life, 0, 1_000).stream())
                .map(AuditRow::entry)
                .filter(entry -> entry.action().equals(action))
                .count();
    }

    @Test
    default void whatIsKnownOfUsersTokensAndSessionsIsThereAfterARestart() {
        StoredUser ann = user(NAME);
        Instant soon = NOW.plusSeconds(1);
        Set<Permission> all = EnumSet.allOf(Permission.class);
        StoredToken narrow = new StoredToken(
                "a1", NAME, "narrow", all, NOW, "user root", new StoredToken.TokenLife(soon, null, null));
        StoredToken wide = new StoredToken(
                "a2", NAME, "wide", null, NOW, "user root", new StoredToken.TokenLife(null, null, null));
        assertThat(done(identities().addUser(ann, entry("add")))).isTrue();
        assertThat(done(identities().addToken(narrow, entry("token")))).isTrue();
        assertThat(done(identities().addToken(wide, entry("token")))).isTrue();
        open("c1", Caller.CallerKind.ADMINISTRATOR, "root", NOW);

        under().restart();
        StoredSession session = session("c1", Caller.CallerKind.ADMINISTRATOR, "root", NOW);
        assertThat(identities().users()).containsExactly(ann);
        assertThat(identities().user(NAME)).contains(ann);
        assertThat(identities().user("nobody")).isEmpty();
        assertThat(identities().tokens(null)).containsExactlyInAnyOrder(narrow, wide);
        assertThat(identities().tokens(NAME)).hasSize(2);
        assertThat(identities().tokens("nobody")).isEmpty();
        assertThat(identities().token("a2")).contains(wide);
        assertThat(identities().token("a3")).isEmpty();
        assertThat(identities().sessions()).containsExactly(session);
        assertThat(identities().session("c1")).contains(session);
        assertThat(identities().session("c2")).isEmpty();
        assertThat(audited("token")).isEqualTo(2);
        assertThat(audited("session")).isEqualTo(1);
    }

    @Test
    default void ofTwoUsersOrTokensOfOneNameTheSecondIsRefusedAndNotAudited() {
        List<CompletableFuture<Boolean>> users = List.of(
                identities().addUser(user("ann"), entry("add")), identities().addUser(user("ann"), entry("add")));
        assertThat(users.stream().map(this::done)).containsExactly(true, false);
        List<CompletableFuture<Boolean>> tokens = List.of(
                identities().addToken(token("a1", "ann", "ci"), entry("token")),
                identities().addToken(token("a2", "ann", "ci"), entry("token")));
        assertThat(tokens.stream().map(this::done)).containsExactly(true, false);
        assertThat(done(identities().addToken(token("a3", "bob", "ci"), entry("token"))))
                .isTrue();
        assertThat(identities().token("a2")).isEmpty();
        assertThat(audited("add")).isEqualTo(1);
        assertThat(audited("token")).isEqualTo(2);
    }

    @Test
    default void aChangeOfAUserSeesTheVersionBeforeAndEndsThisUsersSessions() {
        StoredUser ann = user("ann");
        done(identities().addUser(ann, entry("add")));
        open("c1", Caller.CallerKind.USER, "ann", NOW);
        open("c2", Caller.CallerKind.USER, "bob", NOW);
        open("c3", Caller.CallerKind.ADMINISTRATOR, "ann", NOW);

        StoredUser disabled = ann.disabled(NOW);
        assertThat(done(identities().changeUser(disabled, entry("disable")))).isTrue();
        assertThat(done(identities().changeUser(ann.withPassword(ann.password(), NOW), entry("password"))))
                .isFalse();
        assertThat(done(identities().changeUser(user("bob").disabled(NOW), entry("disable"))))
                .isFalse();
        assertThat(identities().user("ann")).contains(disabled);
        assertThat(identities().sessions()).extracting(StoredSession::hash).containsExactlyInAnyOrder("c2", "c3");
        assertThat(audited("disable")).isEqualTo(1);
        assertThat(audited("password")).isZero();
    }

    @Test
    default void aTokenIsRevokedOnceAndKeepsItsName() {
        done(identities().addToken(token("a1", "ann", "ci"), entry("token")));
        assertThat(done(identities().revokeToken("bob", "ci", NOW, entry("revoke"))))
                .isFalse();
        assertThat(done(identities().revokeToken("ann", "ci", NOW.plusSeconds(1), entry("revoke"))))
                .isTrue();
        assertThat(done(identities().revokeToken("ann", "ci", NOW.plusSeconds(2), entry("revoke"))))
                .isFalse();
        assertThat(identities().token("a1").orElseThrow().life().revokedAt()).isEqualTo(NOW.plusSeconds(1));
        assertThat(done(identities().addToken(token("a2", "ann", "ci"), entry("token"))))
                .isFalse();
        assertThat(audited("revoke")).isEqualTo(1);
    }

    @Test
    default void whatWasUsedSaysWhen() {
        done(identities().addToken(token("a1", "ann", "ci"), entry("token")));
        done(identities().addToken(token("a2", "ann", "other"), entry("token")));
        open("c1", Caller.CallerKind.USER, "ann", NOW);
        Instant later = NOW.plusSeconds(60);
        done(identities().used("a1", later));
        done(identities().used("c1", later));
        done(identities().used("unknown", later));
        assertThat(identities().token("a1").orElseThrow().life().usedAt()).isEqualTo(later);
        assertThat(identities().token("a2").orElseThrow().life().usedAt()).isNull();
        assertThat(identities().session("c1").orElseThrow().usedAt()).isEqualTo(later);
    }

    @Test
    default void aSessionEndsOnceAndThoseThatAreOverGoWithTheNextOne() {
        open("first", Caller.CallerKind.USER, "ann", NOW);
        open("second", Caller.CallerKind.USER, "ann", NOW.plus(Duration.ofHours(11)));
        Instant last = NOW.plus(StoredSession.LONGEST).plusSeconds(1);
        done(identities().used("first", last));
        done(identities().used("second", last));
        open("third", Caller.CallerKind.USER, "ann", last);
        assertThat(identities().sessions())
                .extracting(StoredSession::hash)
                .containsExactlyInAnyOrder("second", "third");

        open("fourth", Caller.CallerKind.USER, "ann", last.plus(StoredSession.IDLE));
        assertThat(identities().sessions()).extracting(StoredSession::hash).containsExactly("fourth");
        assertThat(done(identities().endSession("fourth", entry("end")))).isTrue();
        assertThat(done(identities().endSession("fourth", entry("end")))).isFalse();
        assertThat(identities().sessions()).isEmpty();
        assertThat(audited("end")).isEqualTo(1);
    }

    @Test
    default void whoListensHearsOfEachChangeOfUsersTokensAndSessionsButNotOfTheirUse() {
        Recorder heard = Recorder.on(under());
        done(identities().addUser(user("ann"), entry("add")));
        done(identities().addToken(token("a1", "ann", "ci"), entry("token")));
        open("c1", Caller.CallerKind.USER, "ann", NOW);
        done(identities().used("a1", NOW));
        assertThat(heard.identityChanges()).isEqualTo(3);
        done(identities().revokeToken("ann", "ci", NOW, entry("revoke")));
        done(identities().revokeToken("ann", "ci", NOW, entry("revoke")));
        done(identities().endSession("c1", entry("end")));
        done(identities().changeUser(user("ann").disabled(NOW), entry("disable")));
        assertThat(heard.identityChanges()).isEqualTo(6);
    }
}
