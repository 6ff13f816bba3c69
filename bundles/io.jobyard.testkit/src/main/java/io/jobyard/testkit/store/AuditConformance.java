// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.settings.api.AuditSeal;
import io.jobyard.spi.audit.AuditBegin;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.audit.AuditRow;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

interface AuditConformance extends Conformance {

    /** The key of every store under test consists of zeros. */
    AuditSeal SEAL = new AuditSeal(new byte[32]);

    private static AuditEntry entry(int n) {
        return new AuditEntry(Draft.T0.plusNanos(1000L * n), "user ünï", "pause", "queue " + n, n == 0 ? "" : "détail");
    }

    @Test
    default void theAuditIsAChainByNumberInEachLife() {
        UUID first = jobs().incarnation();
        IntStream.range(0, 30).forEach(n -> audit().append(entry(n)));
        done(audit().append(entry(30)));
        check(first, 31);
        assertThat(audit().last().orElseThrow().number()).isEqualTo(32);

        under().restart();
        UUID second = jobs().incarnation();
        assertThat(audit().last().orElseThrow().number()).isEqualTo(1);
        done(audit().append(entry(0)));
        check(first, 31);
        check(second, 1);
        assertThat(audit().audited()).containsExactlyInAnyOrder(first, second);
        assertThat(audit().rows(first, 10, 5)).extracting(AuditRow::number).containsExactly(11L, 12L, 13L, 14L, 15L);
    }

    @Test
    default void eachLifeBeginsWithTheLastRowOfTheOneBefore() {
        UUID first = jobs().incarnation();
        assertThat(begin(first)).isEqualTo(AuditBegin.after(Optional.empty()));
        done(audit().append(entry(0)));
        AuditRow last = audit().last().orElseThrow();
        under().restart();
        UUID second = jobs().incarnation();
        AuditRow only = audit().last().orElseThrow();
        under().restart();
        assertThat(begin(second)).isEqualTo(AuditBegin.after(Optional.of(last)));
        assertThat(begin(jobs().incarnation())).isEqualTo(AuditBegin.after(Optional.of(only)));
        assertThat(audit().lives()).containsExactly(first, second, jobs().incarnation());
    }

    @Test
    default void aLifeOfWhichNothingIsLeftIsStillOneOfThem() {
        UUID first = jobs().incarnation();
        AuditRow last = audit().last().orElseThrow();
        under().restart();
        UUID second = jobs().incarnation();
        done(audit().cut(second, 1));
        under().restart();
        assertThat(begin(jobs().incarnation())).isEqualTo(AuditBegin.after(Optional.of(last)));
        assertThat(audit().lives()).containsExactly(first, second, jobs().incarnation());
        assertThat(audit().audited()).containsExactlyInAnyOrder(first, jobs().incarnation());
    }

    /** Returns the content of an incarnation's first row, sealed as if it followed the row that it names. */
    private AuditBegin begin(UUID life) {
        AuditRow row = audit().rows(life, 0, 1).get(0);
        AuditBegin begin = AuditBegin.of(row).orElseThrow();
        assertThat(row).isEqualTo(SEAL.seal(begin.seal(), life, 1, row.entry()));
        return begin;
    }

    @Test
    default void aMoveIsAuditedInItsOwnCommitAndOneThatLostItsRaceIsNot() {
        StoredJob job = admit(Draft.job());
        Move start = Moves.start(job, jobs()).audited(entry(1));
        move(start);
        assertThat(done(jobs().move(start, null))).isFalse();
        assertThat(audit().rows(jobs().incarnation(), 1, 10))
                .extracting(AuditRow::entry)
                .containsExactly(entry(1));
    }

    @Test
    default void theFirstRowsOfALifeAreCutAndTheNumbersGoOn() {
        UUID first = jobs().incarnation();
        IntStream.range(0, 10).forEach(n -> done(audit().append(entry(n))));
        AuditRow tenth = audit().rows(first, 9, 1).get(0);
        under().restart();
        done(audit().append(entry(0)));
        done(audit().cut(first, 10));
        assertThat(audit().rows(first, 0, 100)).containsExactly(SEAL.seal(tenth.seal(), first, 11, entry(9)));
        check(jobs().incarnation(), 1);
        done(audit().cut(first, 11));
        assertThat(audit().audited()).containsExactly(jobs().incarnation());
        done(audit().append(entry(1)));
        check(jobs().incarnation(), 2);
    }

    @Test
    default void aChangeThatFailsLeavesNoGap() {
        admit(Draft.job().key("k"));
        audit().append(entry(0));
        audit().append(entry(1));
        jobs().admit(List.of(Draft.job().key("k").admitted())).exceptionally(fault -> null);
        done(audit().append(entry(2)));
        check(jobs().incarnation(), 3);
    }

    /** Checks the number of entries after the row that begins the incarnation. */
    private void check(UUID life, int count) {
        begin(life);
        List<AuditRow> rows = audit().rows(life, 0, 100);
        assertThat(rows).hasSize(1 + count);
        String before = rows.get(0).seal();
        for (int n = 0; n < count; n++) {
            AuditRow expected = SEAL.seal(before, life, n + 2, entry(n));
            assertThat(rows.get(n + 1)).isEqualTo(expected);
            before = expected.seal();
        }
    }
}
