// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.audit.AuditRow;
import io.jobyard.spi.audit.AuditTrail;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** An audit of one row, which remembers what was asked. */
final class FakeAudit implements AuditTrail {

    String asked = "";

    final List<AuditEntry> added = new ArrayList<>();

    @Nullable
    String problem;

    @Override
    public List<AuditRow> find(@Nullable Instant since, @Nullable String who, @Nullable String action, int limit) {
        asked = since + " " + who + " " + action + " " + limit;
        AuditEntry entry = new AuditEntry(FakeJobs.CREATED, "user ann", "cancel", "job 1 of bob", "queued → cancelled");
        return "nobody".equals(who) ? List.of() : List.of(new AuditRow(new UUID(0, 1), 7, entry, "00"));
    }

    @Override
    public void add(AuditEntry entry) {
        added.add(entry);
    }

    @Override
    public void each(Predicate<AuditRow> reader) {
        find(null, null, null, 1).forEach(reader::test);
    }

    @Override
    public long cut(Instant before, boolean dryRun) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<String> verify() {
        return Optional.ofNullable(problem);
    }
}
