// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.audit;

import io.jobyard.api.HistoryEvent;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * First row of an incarnation's audit. It references the previous incarnation and its last row. Its seal covers the seal of that row, so
 * the chains of all incarnations form one chain.
 *
 * @param before previous incarnation; null for the first of all
 * @param number number of the previous incarnation's last row at that time; 0 for the first of all
 * @param seal seal of that row; empty for the first of all
 */
public record AuditBegin(@Nullable UUID before, long number, String seal) {

    private static final String ACTION = "begin";
    private static final AuditBegin FIRST = new AuditBegin(null, 0, "");
    private static final String OF_THE_FIRST = "the first audited incarnation";
    private static final Pattern DETAIL =
            Pattern.compile("follows ([0-9a-f-]{36}), whose last row was ([0-9]{1,18}) with seal ([0-9a-f]+)");

    /**
     * Creates the first row of the incarnation that begins now, after the last row of the previous incarnation; empty without an earlier
     * audit.
     */
    public static AuditBegin after(Optional<AuditRow> last) {
        return last.map(row -> new AuditBegin(row.incarnation(), row.number(), row.seal()))
                .orElse(FIRST);
    }

    /** Returns the entry of the first row. */
    public AuditEntry entry(UUID life, Instant at) {
        String detail = before == null
                ? OF_THE_FIRST
                : "follows " + before + ", whose last row was " + number + " with seal " + seal;
        return new AuditEntry(at, HistoryEvent.HOST, ACTION, "life " + life, detail);
    }

    /** Parses a row; empty if it does not begin an incarnation. */
    public static Optional<AuditBegin> of(AuditRow row) {
        AuditEntry entry = row.entry();
        if (row.number() != 1 || !entry.action().equals(ACTION) || !entry.who().equals(HistoryEvent.HOST)) {
            return Optional.empty();
        }
        if (entry.detail().equals(OF_THE_FIRST)) {
            return Optional.of(FIRST);
        }
        Matcher detail = DETAIL.matcher(entry.detail());
        return detail.matches()
                ? Optional.of(new AuditBegin(
                        UUID.fromString(detail.group(1)), Long.parseLong(detail.group(2)), detail.group(3)))
                : Optional.empty();
    }
}
