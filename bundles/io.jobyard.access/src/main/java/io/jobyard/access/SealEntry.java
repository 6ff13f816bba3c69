// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.api.HistoryEvent;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.audit.HistorySeals;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The seals of the histories at one time, as recorded in the audit, so that older rows cannot replace the latest ones
 * unnoticed.
 *
 * @param life the incarnation of the host that sealed them
 * @param seal the seal of all of them
 */
record SealEntry(UUID life, long changes, String seal) {

    static final String ACTION = "seal";
    private static final Pattern DETAIL =
            Pattern.compile("-?[0-9]{1,18} histories after change ([0-9]{1,18}), with seal ([0-9a-f]+)");

    static AuditEntry of(HistorySeals now, Instant at) {
        String detail = now.histories() + " histories after change " + now.changes() + ", with seal " + now.seal();
        return new AuditEntry(at, HistoryEvent.HOST, ACTION, now.life().toString(), detail);
    }

    /** Parses an entry; empty if it is another kind of entry. */
    static Optional<SealEntry> of(AuditEntry entry) {
        Matcher detail = DETAIL.matcher(entry.detail());
        if (!entry.action().equals(ACTION) || !entry.who().equals(HistoryEvent.HOST) || !detail.matches()) {
            return Optional.empty();
        }
        return Optional.of(
                new SealEntry(UUID.fromString(entry.target()), Long.parseLong(detail.group(1)), detail.group(2)));
    }

    /** Returns whether the current seals of the database may be a continuation of these seals. */
    boolean precedes(HistorySeals now) {
        return now.changes() > changes || now.changes() == changes && now.seal().equals(seal);
    }
}
