// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.StoreException;
import io.jobyard.settings.api.AuditSeal;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.audit.AuditRow;
import io.jobyard.spi.audit.AuditStore;
import io.jobyard.testkit.InMemoryStore;
import io.jobyard.testkit.SettableClock;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found in the audit, and what of its rows was changed or taken away. */
class AuditTest {

    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
    private static final UUID LIFE = new UUID(0, 1);

    @TempDir
    Path data;

    private final InMemoryStore store = new InMemoryStore(LIFE, "here");
    /** What somebody makes of the rows behind the host's back. */
    private UnaryOperator<List<AuditRow>> tampered = UnaryOperator.identity();

    private final SettableClock clock = new SettableClock(START.plusSeconds(2_500));
    private Audit audit;

    @BeforeEach
    void write() {
        audit = new Audit(
                tamperedStore(), new AuditSeal(new byte[32]), new AuditHeads(data.resolve("audit.heads")), clock);
        for (int n = 1; n < 2_500; n++) { // behind the row that begins the life
            String who = n % 2 == 0 ? "user ann" : "user bob, by administrator root";
            store.append(new AuditEntry(START.plusSeconds(n), who, n % 5 == 0 ? "refused" : "cancel", "job " + n, ""))
                    .join();
        }
        audit.keepHead();
    }

    @Test
    void entriesAreFoundByTimeWhoAndActionTheNewestUpToTheLimit() {
        assertThat(audit.find(null, null, null, 2)).extracting(AuditRow::number).containsExactly(2_499L, 2_500L);
        assertThat(audit.find(START.plusSeconds(2_490), "bob", null, 100))
                .extracting(AuditRow::number)
                .containsExactly(2_492L, 2_494L, 2_496L, 2_498L, 2_500L);
        assertThat(audit.find(START.plusSeconds(2_490), null, "refused", 100))
                .extracting(AuditRow::number)
                .containsExactly(2_491L, 2_496L);
    }

    @Test
    void anAuditThatNobodyTouchedIsSound() {
        assertThat(audit.verify()).isEmpty();
    }

    @Test
    void aDamagedFileOfHeadsIsNamed() throws IOException {
        Path heads = data.resolve("audit.heads");
        Files.writeString(heads, "this is no head");

        assertThatThrownBy(audit::verify)
                .isInstanceOf(StoreException.class)
                .hasMessage(heads + " is damaged: restore it from a backup");
    }

    @Test
    void oneChangedCharacterIsFound() {
        tampered = rows -> with(rows, 1_234, entry(rows.get(1_233), "job 1234"));
        assertThat(audit.verify().orElseThrow())
                .startsWith("row 1234 of " + LIFE + " was changed after it was written: ")
                .endsWith("job 1234");
    }

    @Test
    void oneChangedSealIsFound() {
        tampered = rows -> {
            AuditRow row = rows.get(9);
            String seal = (row.seal().startsWith("0") ? "1" : "0") + row.seal().substring(1);
            return with(rows, 10, new AuditRow(LIFE, 10, row.entry(), seal));
        };
        assertThat(audit.verify().orElseThrow()).startsWith("row 10 of " + LIFE + " was changed after it was written");
    }

    @Test
    void aRemovedRowIsFound() {
        tampered = rows -> {
            List<AuditRow> fewer = new ArrayList<>(rows);
            fewer.removeIf(row -> row.number() == 77);
            return fewer;
        };
        assertThat(audit.verify()).contains("row 77 of " + LIFE + " is missing: row 78 follows");
    }

    @Test
    void rowsNumberedAnewAfterARemovalAreFound() {
        tampered = rows -> {
            List<AuditRow> fewer = new ArrayList<>(rows.subList(0, 76));
            rows.subList(77, rows.size())
                    .forEach(row -> fewer.add(new AuditRow(LIFE, row.number() - 1, row.entry(), row.seal())));
            return fewer;
        };
        assertThat(audit.verify().orElseThrow()).startsWith("row 77 of " + LIFE + " was changed after it was written");
    }

    @Test
    void aCutTailIsFoundByTheFileOutsideTheDatabase() {
        tampered = rows -> rows.subList(0, Math.min(rows.size(), 2_400));
        assertThat(audit.verify().orElseThrow())
                .startsWith("row 2401 of " + LIFE + " is missing, and all later rows: ")
                .endsWith("audit.heads contains row 2500");
        tampered = rows -> List.of();
        assertThat(audit.verify().orElseThrow()).startsWith("row 1 of " + LIFE + " is missing");
    }

    @Test
    void aCutThatTheHostDidNotStateIsFound() {
        tampered = rows -> {
            AuditRow last = rows.get(rows.size() - 1);
            AuditEntry forged = AuditCut.after(rows.get(9), clock.instant()).entry();
            List<AuditRow> fewer = new ArrayList<>(rows.subList(10, rows.size()));
            fewer.add(new AuditSeal(new byte[] {1}).seal(last.seal(), LIFE, last.number() + 1, forged));
            return fewer;
        };
        assertThat(audit.verify().orElseThrow())
                .startsWith("row 2501 of " + LIFE + " was changed after it was written: ")
                .endsWith("jobyard cut " + LIFE);
    }

    @Test
    void anotherKeyProvesNothing() {
        Audit other =
                new Audit(store, new AuditSeal(new byte[] {1}), new AuditHeads(data.resolve("other.heads")), clock);
        assertThat(other.verify().orElseThrow()).startsWith("row 1 ");
    }

    @Test
    void theFileKeepsTheHeadsOfEarlierLives() throws Exception {
        UUID next = new UUID(0, 2);
        InMemoryStore again = store.restart(next, "here");
        again.append(new AuditEntry(START, "user ann", "pause", "queue a", "")).join();
        AuditHeads heads = new AuditHeads(data.resolve("audit.heads"));
        Audit later = new Audit(again, new AuditSeal(new byte[32]), heads, clock);
        later.keepHead();
        assertThat(heads.read()).containsOnlyKeys(LIFE, next);
        assertThat(later.verify()).isEmpty();
        assertThat(Files.readAllLines(heads.file())).hasSize(2);
    }

    private AuditStore tamperedStore() {
        return (AuditStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {AuditStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("rows")) {
                        long after = (Long) arguments[1];
                        return tampered.apply(store.rows(LIFE, 0, 10_000)).stream()
                                .filter(row -> row.number() > after)
                                .limit((Integer) arguments[2])
                                .toList();
                    }
                    return method.invoke(store, arguments);
                });
    }

    private static List<AuditRow> with(List<AuditRow> rows, int number, AuditRow row) {
        List<AuditRow> changed = new ArrayList<>(rows);
        changed.set(number - 1, row);
        return changed;
    }

    private static AuditRow entry(AuditRow row, String target) {
        AuditEntry was = row.entry();
        AuditEntry changed = new AuditEntry(was.at(), was.who(), was.action(), target, was.detail());
        return new AuditRow(row.incarnation(), row.number(), changed, row.seal());
    }
}
