// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.spi.AuditBegin;
import io.jobyard.api.spi.AuditEntry;
import io.jobyard.api.spi.AuditRow;
import io.jobyard.api.spi.Move;
import io.jobyard.api.spi.StoredJob;
import io.jobyard.settings.api.AuditSeal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

interface AuditConformance extends Conformance {

    /** The key of every store under test is zeros. */
    AuditSeal SEAL = new AuditSeal(new byte[32]);

    private static AuditEntry entry(int n) {
        return new AuditEntry(Draft.T0.plusNanos(1000L * n), "user ünï", "pause", "queue " + n, n == 0 ? "" : "détail");
    }

    @Test
    default void theAuditIsAChainByNumberInEachLife() {
        UUID first = store().incarnation();
        IntStream.range(0, 30).forEach(n -> store().append(entry(n)));
        done(store().append(entry(30)));
        check(first, 31);
        assertThat(store().last().orElseThrow().number()).isEqualTo(32);

        under().restart();
        UUID second = store().incarnation();
        assertThat(store().last().orElseThrow().number()).isEqualTo(1);
        done(store().append(entry(0)));
        check(first, 31);
        check(second, 1);
        assertThat(store().audited()).containsExactlyInAnyOrder(first, second);
        assertThat(store().rows(first, 10, 5)).extracting(AuditRow::number).containsExactly(11L, 12L, 13L, 14L, 15L);
    }

    @Test
    default void eachLifeBeginsWithTheLastRowOfTheOneBefore() {
        UUID first = store().incarnation();
        assertThat(begin(first)).isEqualTo(AuditBegin.after(Optional.empty()));
        done(store().append(entry(0)));
        AuditRow last = store().last().orElseThrow();
        under().restart();
        UUID second = store().incarnation();
        AuditRow only = store().last().orElseThrow();
        under().restart();
        assertThat(begin(second)).isEqualTo(AuditBegin.after(Optional.of(last)));
        assertThat(begin(store().incarnation())).isEqualTo(AuditBegin.after(Optional.of(only)));
        assertThat(store().lives()).containsExactly(first, second, store().incarnation());
    }

    @Test
    default void aLifeOfWhichNothingIsLeftIsStillOneOfThem() {
        UUID first = store().incarnation();
        AuditRow last = store().last().orElseThrow();
        under().restart();
        UUID second = store().incarnation();
        done(store().cut(second, 1));
        under().restart();
        assertThat(begin(store().incarnation())).isEqualTo(AuditBegin.after(Optional.of(last)));
        assertThat(store().lives()).containsExactly(first, second, store().incarnation());
        assertThat(store().audited()).containsExactlyInAnyOrder(first, store().incarnation());
    }

    /** What a life's first row states, sealed as if it followed the row it names. */
    private AuditBegin begin(UUID life) {
        AuditRow row = store().rows(life, 0, 1).get(0);
        AuditBegin begin = AuditBegin.of(row).orElseThrow();
        assertThat(row).isEqualTo(SEAL.seal(begin.seal(), life, 1, row.entry()));
        return begin;
    }

    @Test
    default void aMoveIsAuditedInItsOwnCommitAndOneThatLostItsRaceIsNot() {
        StoredJob job = admit(Draft.job());
        Move start = Moves.start(job, store()).audited(entry(1));
        move(start);
        assertThat(done(store().move(start, null))).isFalse();
        assertThat(store().rows(store().incarnation(), 1, 10))
                .extracting(AuditRow::entry)
                .containsExactly(entry(1));
    }

    @Test
    default void theFirstRowsOfALifeAreCutAndTheNumbersGoOn() {
        UUID first = store().incarnation();
        IntStream.range(0, 10).forEach(n -> done(store().append(entry(n))));
        AuditRow tenth = store().rows(first, 9, 1).get(0);
        under().restart();
        done(store().append(entry(0)));
        done(store().cut(first, 10));
        assertThat(store().rows(first, 0, 100)).containsExactly(SEAL.seal(tenth.seal(), first, 11, entry(9)));
        check(store().incarnation(), 1);
        done(store().cut(first, 11));
        assertThat(store().audited()).containsExactly(store().incarnation());
        done(store().append(entry(1)));
        check(store().incarnation(), 2);
    }

    @Test
    default void aChangeThatFailsLeavesNoGap() {
        admit(Draft.job().key("k"));
        store().append(entry(0));
        store().append(entry(1));
        store().admit(List.of(Draft.job().key("k").admitted())).exceptionally(fault -> null);
        done(store().append(entry(2)));
        check(store().incarnation(), 3);
    }

    /** So many entries behind the row that begins the life. */
    private void check(UUID life, int count) {
        begin(life);
        List<AuditRow> rows = store().rows(life, 0, 100);
        assertThat(rows).hasSize(1 + count);
        String before = rows.get(0).seal();
        for (int n = 0; n < count; n++) {
            AuditRow expected = SEAL.seal(before, life, n + 2, entry(n));
            assertThat(rows.get(n + 1)).isEqualTo(expected);
            before = expected.seal();
        }
    }
}
