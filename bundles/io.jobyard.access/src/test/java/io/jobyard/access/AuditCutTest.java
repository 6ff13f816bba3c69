// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.HistoryEvent;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.audit.AuditRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Old rows go, and what stays is proven as before. */
class AuditCutTest extends AuditLivesFixture {

    private List<Long> numbers(UUID life) {
        return store.rows(life, 0, 10_000).stream().map(AuditRow::number).toList();
    }

    @Test
    void whatIsOldGoesAndTheRestIsProven() {
        write(1_300);
        Instant before = START.plus(Duration.ofMinutes(1_200));
        assertThat(audit.cut(before, true)).isEqualTo(1_201);
        assertThat(numbers(FIRST)).hasSize(1_301);
        assertThat(audit.cut(before, false)).isEqualTo(1_201);
        assertThat(numbers(FIRST)).hasSize(101).startsWith(1_202L).endsWith(1_302L);
        assertThat(audit.verify()).isEmpty();
        assertThat(audit.cut(before, false)).isZero();
        assertThat(numbers(FIRST)).hasSize(101);
    }

    @Test
    void theCutIsStatedInTheAudit() {
        write(10);
        audit.cut(START.plus(Duration.ofMinutes(4)), false);
        AuditEntry stated = audit.find(null, null, "cut", 10).get(0).entry();
        assertThat(stated.who()).isEqualTo(HistoryEvent.HOST);
        assertThat(stated.target()).isEqualTo(FIRST.toString());
        assertThat(stated.detail()).startsWith("rows up to 5, the last with seal ");
    }

    @Test
    void rowsRemovedBehindTheHostsBackAreFoundBeforeAndAfterTheCut() {
        write(10);
        store.cut(FIRST, 2).join();
        assertThat(audit.verify()).contains("row 1 of " + FIRST + " is missing: row 3 follows");
        audit.cut(START.plus(Duration.ofMinutes(4)), false);
        assertThat(audit.verify()).isEmpty();
        store.cut(FIRST, 6).join();
        assertThat(audit.verify()).contains("row 6 of " + FIRST + " is missing: row 7 follows");
    }

    @Test
    void aLifeMayGoAsAWholeAndItsHeadWithIt() {
        write(10);
        clock.advance(Duration.ofDays(10));
        nextLife(SECOND);
        write(3);
        assertThat(audit.cut(START.plus(Duration.ofDays(1)), false)).isEqualTo(11);
        assertThat(store.audited()).containsExactly(SECOND);
        assertThat(heads.read()).containsOnlyKeys(SECOND);
        assertThat(audit.verify()).isEmpty();
    }

    @Test
    void whoeverRemovesAWholeLifeIsFoundAlsoAfterACut() {
        write(10);
        clock.advance(Duration.ofDays(10));
        nextLife(SECOND);
        write(3);
        store.cut(FIRST, 11).join();
        audit.cut(START.plus(Duration.ofDays(1)), false);
        assertThat(audit.verify().orElseThrow())
                .startsWith("all rows of incarnation " + FIRST + " are missing: incarnation " + SECOND);
    }

    @Test
    void aCutThatIsOldItselfIsStatedAnewWhileItIsNeeded() {
        clock.advance(Duration.ofDays(1_000)); // the clock was wrong for a while
        Instant wrong = clock.instant();
        audit.add(new AuditEntry(START, "user ann", "cancel", "job 1", ""));
        audit.add(new AuditEntry(wrong, "user ann", "cancel", "job 2", ""));
        audit.keepHead();
        clock.set(START.plus(Duration.ofDays(1)));
        nextLife(SECOND);
        assertThat(audit.cut(START.plusSeconds(1), false)).isEqualTo(2);
        clock.advance(Duration.ofDays(100));
        assertThat(audit.cut(clock.instant().minus(Duration.ofDays(50)), false)).isEqualTo(2);
        assertThat(numbers(FIRST)).containsExactly(3L);
        assertThat(audit.verify()).isEmpty();
        List<String> stated = new ArrayList<>();
        audit.each(row -> stated.add(row.entry().action()));
        assertThat(stated).contains("cut");
    }
}
