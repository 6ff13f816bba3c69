// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit;

import io.jobyard.settings.api.AuditSeal;
import io.jobyard.spi.audit.AuditBegin;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.audit.AuditRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Audit of all incarnations, sealed by a public key. Guarded by the lock of the tables. */
final class InMemoryAudit {

    private static final AuditSeal SEAL = new AuditSeal(new byte[32]);

    private final List<UUID> lives = new ArrayList<>();
    private final List<AuditRow> rows = new ArrayList<>();

    void begin(UUID life, Instant now) {
        Optional<AuditRow> before = rows.isEmpty() ? Optional.empty() : Optional.of(rows.get(rows.size() - 1));
        lives.add(life);
        rows.add(SEAL.seal(AuditBegin.after(before), life, now));
    }

    void append(UUID life, AuditEntry entry) {
        AuditRow last = last(life).orElseThrow();
        rows.add(SEAL.seal(last.seal(), life, last.number() + 1, entry));
    }

    List<AuditRow> rows(UUID life, long after, int limit) {
        return rows.stream()
                .filter(row -> row.incarnation().equals(life) && row.number() > after)
                .limit(limit)
                .toList();
    }

    Optional<AuditRow> last(UUID life) {
        return rows.stream().filter(row -> row.incarnation().equals(life)).reduce((earlier, later) -> later);
    }

    void cut(UUID life, long upTo) {
        rows.removeIf(row -> row.incarnation().equals(life) && row.number() <= upTo);
    }

    List<UUID> audited() {
        return rows.stream().map(AuditRow::incarnation).distinct().toList();
    }

    List<UUID> lives() {
        return List.copyOf(lives);
    }
}
