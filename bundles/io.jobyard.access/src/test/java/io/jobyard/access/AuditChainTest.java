// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.settings.api.AuditSeal;
import io.jobyard.spi.audit.AuditBegin;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.audit.AuditRow;
import io.jobyard.spi.audit.AuditStore;
import io.jobyard.spi.audit.HistorySeals;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Each life's audit follows the one before it: what is removed with all its rows, and from the file of heads too, is found. */
class AuditChainTest extends AuditLivesFixture {

    private static final UUID THIRD = new UUID(0, 2);

    /** Other rows of a life than those that the store has. */
    private final Map<UUID, List<AuditRow>> others = new HashMap<>();

    private void threeLives() {
        write(3);
        nextLife(SECOND);
        write(4);
        nextLife(THIRD);
        write(2);
        assertThat(audit.verify()).isEmpty();
    }

    /** As whoever can write the database and the file does it. */
    private void delete(UUID life) {
        store.cut(life, Long.MAX_VALUE).join();
        heads.forget((each, head) -> each.equals(life));
    }

    /** What the database says of the seals of histories. */
    private List<HistorySeals> seals = List.of();

    private Audit sealed() {
        return of((AuditStore) Proxy.newProxyInstance(
                AuditStore.class.getClassLoader(), new Class<?>[] {AuditStore.class}, (proxy, method, arguments) -> {
                    return method.getName().equals("historySeals") ? seals : method.invoke(store, arguments);
                }));
    }

    @Test
    void theAuditKeepsWhatTheSealsOfHistoriesCameTo() {
        Audit audit = sealed();
        audit.keepSeals();
        seals = List.of(new HistorySeals(SECOND, 9, 1, "0d"), new HistorySeals(FIRST, 4, 3, "ab12"));
        audit.keepSeals();
        audit.keepSeals();
        seals = List.of(new HistorySeals(FIRST, 7, 5, "cd34"));
        audit.keepSeals();
        assertThat(audit.find(null, null, "seal", 10))
                .extracting(row -> row.entry().target() + " " + row.entry().detail())
                .containsExactly(
                        FIRST + " 3 histories after change 4, with seal ab12",
                        FIRST + " 5 histories after change 7, with seal cd34");
        assertThat(audit.find(null, null, null, 10))
                .noneMatch(row -> row.entry().action().equals("seal"));
        assertThat(audit.verify()).isEmpty();

        seals = List.of(new HistorySeals(FIRST, 8, 5, "ef"));
        assertThat(audit.verify()).isEmpty();
    }

    @Test
    void sealsOfAnEarlierTimeAreFound() {
        Audit audit = sealed();
        seals = List.of(new HistorySeals(FIRST, 7, 5, "cd34"));
        audit.keepSeals();
        for (List<HistorySeals> other : List.of(
                List.<HistorySeals>of(),
                List.of(new HistorySeals(FIRST, 6, 4, "ab12")),
                List.of(new HistorySeals(FIRST, 7, 5, "ab12")))) {
            seals = other;
            assertThat(audit.verify().orElseThrow())
                    .startsWith(
                            "the seals of the histories of incarnation " + FIRST + " do not match change 7 or later");
        }
    }

    @Test
    void aLifeFromTheMiddleIsMissedByTheOneThatFollowedIt() {
        threeLives();
        delete(SECOND);
        assertThat(audit.verify())
                .contains("all rows of incarnation " + SECOND + " are missing: incarnation " + THIRD
                        + " follows its row 5, and no"
                        + " row records a removal by age: it was deleted from the database");
    }

    @Test
    void theFirstLifeIsMissed() {
        threeLives();
        delete(FIRST);
        assertThat(audit.verify().orElseThrow())
                .startsWith("all rows of incarnation " + FIRST + " are missing: incarnation " + SECOND
                        + " follows its row 4");
    }

    @Test
    void aLifeThatWasRemovedBeforeTheNextBeganIsMissedByTheStore() {
        write(3);
        nextLife(SECOND);
        write(4);
        delete(SECOND);
        nextLife(THIRD);
        write(2);
        assertThat(audit.verify().orElseThrow())
                .startsWith("all rows of incarnation " + SECOND + " are missing, but the store knows it");
    }

    @Test
    void aLifeInWhichNothingWasDoneHasItsPlaceInTheChain() {
        write(3);
        nextLife(SECOND);
        nextLife(THIRD);
        assertThat(audit.verify()).isEmpty();
        delete(SECOND);
        assertThat(audit.verify().orElseThrow())
                .startsWith("all rows of incarnation " + SECOND + " are missing: incarnation " + THIRD);
    }

    @Test
    void anEndThatWasCutOffIsMissedByTheLifeThatFollows() {
        threeLives();
        List<AuditRow> rows = store.rows(SECOND, 0, 100);
        others.put(SECOND, rows.subList(0, 4));
        heads.forget((life, head) -> life.equals(SECOND));
        assertThat(audit.verify().orElseThrow())
                .startsWith("row 5 of incarnation " + SECOND + " is missing or was changed: incarnation " + THIRD);
    }

    /** Sealed with the key, but not the row that was there when the next life began. */
    @Test
    void aLastRowThatWasExchangedIsMissedByTheLifeThatFollows() {
        threeLives();
        List<AuditRow> rows = new ArrayList<>(store.rows(SECOND, 0, 100));
        AuditEntry other = new AuditEntry(START, "user bob", "cancel", "job 9", "");
        rows.set(4, SEAL.seal(rows.get(3).seal(), SECOND, 5, other));
        others.put(SECOND, rows);
        heads.forget((life, head) -> life.equals(SECOND));
        assertThat(audit.verify().orElseThrow())
                .startsWith("row 5 of incarnation " + SECOND + " is missing or was changed: incarnation " + THIRD);
    }

    @Test
    void aFirstRowThatNamesAnotherLifeIsFound() {
        threeLives();
        AuditRow end = store.rows(FIRST, 3, 1).get(0);
        List<AuditRow> rows = new ArrayList<>(store.rows(THIRD, 0, 100));
        AuditRow forged = new AuditSeal(new byte[] {1}).seal(AuditBegin.after(Optional.of(end)), THIRD, START);
        rows.set(0, forged);
        others.put(THIRD, rows);
        delete(SECOND);
        assertThat(audit.verify().orElseThrow()).startsWith("row 1 of " + THIRD + " was changed after it was written");
    }

    @Test
    void aLifeThatNamesNoneIsFoundAlsoIfItIsTheFirst() {
        unchained(FIRST);
        assertThat(audit.verify().orElseThrow())
                .startsWith("row 1 of " + FIRST + " does not name the previous incarnation");
    }

    @Test
    void aLifeThatNamesNoneAfterOneThatDoesIsFound() {
        threeLives();
        delete(THIRD);
        nextLife(new UUID(0, 4));
        unchained(THIRD);
        assertThat(audit.verify().orElseThrow())
                .startsWith("row 1 of " + THIRD + " does not name the previous incarnation");
    }

    /** Rows of it that begin without the row that names the life before. */
    private void unchained(UUID life) {
        AuditRow one = SEAL.seal("", life, 1, new AuditEntry(START, "user ann", "cancel", "job 1", ""));
        others.put(
                life,
                List.of(one, SEAL.seal(one.seal(), life, 2, new AuditEntry(START, "user ann", "retry", "job 1", ""))));
    }

    @Test
    void livesThatAreRemovedForTheirAgeStayExplained() {
        for (int n = 4; n < 24; n++) {
            write(3);
            clock.advance(Duration.ofDays(20));
            write(2);
            clock.advance(Duration.ofDays(5));
            nextLife(new UUID(0, n));
            audit.cut(clock.instant().minus(Duration.ofDays(60)), false);
            assertThat(audit.verify()).isEmpty();
        }
        assertThat(store.audited()).hasSizeLessThan(6);
        UUID eldest = audit.lives().get(1);
        delete(eldest);
        assertThat(audit.verify().orElseThrow()).startsWith("all rows of incarnation " + eldest + " are missing");
    }

    @Test
    void aRemovedLifeStaysExplainedWhileTheNextNamesItAlsoWhenTheClockWasWrong() {
        write(3);
        clock.advance(Duration.ofDays(1_000)); // wrong for a while
        nextLife(SECOND);
        audit.add(new AuditEntry(clock.instant(), "user ann", "cancel", "job 7", ""));
        audit.keepHead();
        clock.set(START.plus(Duration.ofDays(1)));
        nextLife(THIRD);
        for (int n = 0; n < 10; n++) {
            clock.advance(Duration.ofDays(30));
            audit.cut(clock.instant().minus(Duration.ofDays(25)), false);
            assertThat(store.audited()).doesNotContain(FIRST);
            assertThat(audit.verify()).isEmpty();
        }
    }

    @Override
    AuditStore seen() {
        return (AuditStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {AuditStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("audited")) {
                        List<UUID> lives = new ArrayList<>(store.audited());
                        others.keySet().stream()
                                .filter(life -> !lives.contains(life))
                                .forEach(lives::add);
                        return lives;
                    }
                    if (method.getName().equals("rows")) {
                        UUID life = (UUID) arguments[0];
                        return others.getOrDefault(life, store.rows(life, 0, 10_000)).stream()
                                .filter(row -> row.number() > (Long) arguments[1])
                                .limit((Integer) arguments[2])
                                .toList();
                    }
                    return method.invoke(store, arguments);
                });
    }
}
