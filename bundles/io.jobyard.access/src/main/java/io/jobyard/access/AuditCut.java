// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.api.HistoryEvent;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.audit.AuditRow;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Row up to which an incarnation's old rows were removed. An entry of the audit, sealed like any other, records it; the proof
 * of the remaining rows starts there.
 *
 * @param number the number of the last removed row
 * @param at when the removal was recorded
 */
record AuditCut(UUID life, long number, String seal, Instant at) {

    private static final String ACTION = "cut";
    private static final Pattern DETAIL = Pattern.compile("rows up to ([0-9]{1,18}), the last with seal ([0-9a-f]+)");

    static AuditCut after(AuditRow row, Instant now) {
        return new AuditCut(row.incarnation(), row.number(), row.seal(), now);
    }

    AuditCut again(Instant now) {
        return new AuditCut(life, number, seal, now);
    }

    AuditEntry entry() {
        String detail = "rows up to " + number + ", the last with seal " + seal;
        return new AuditEntry(at, HistoryEvent.HOST, ACTION, life.toString(), detail);
    }

    /** Returns the removal that an entry records; empty if the entry records something else. */
    static Optional<AuditCut> of(AuditEntry entry) {
        Matcher detail = DETAIL.matcher(entry.detail());
        if (!entry.action().equals(ACTION) || !entry.who().equals(HistoryEvent.HOST) || !detail.matches()) {
            return Optional.empty();
        }
        return Optional.of(new AuditCut(
                UUID.fromString(entry.target()), Long.parseLong(detail.group(1)), detail.group(2), entry.at()));
    }

    static AuditCut later(AuditCut one, AuditCut other) {
        boolean isLater = one.number != other.number ? one.number > other.number : one.at.isAfter(other.at);
        return isLater ? one : other;
    }
}
