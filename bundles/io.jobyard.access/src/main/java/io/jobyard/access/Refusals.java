// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.spi.access.Caller;
import io.jobyard.spi.audit.AuditEntry;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Limits how many refusals the audit records, so that repeated refusals of one caller do not fill it. Between two calls of
 * {@link #rest}, it records each kind of refusal once and at most {@link #KINDS} kinds for a caller, then one row for all others.
 */
final class Refusals {

    static final int KINDS = 10;
    private static final String ACTION = "refused";

    private record RefusalKey(String who, String target, String detail) {}

    private static final class Caught {
        private final Set<RefusalKey> kinds = new HashSet<>();
        private final Instant since;
        private @Nullable AuditEntry last;
        private long more;

        Caught(Instant since) {
            this.since = since;
        }
    }

    /** Maximum number of callers counted separately. All others share one counter. */
    private static final int SPEAKERS = 1_000;

    private static final String OTHERS = "others";

    private final Clock clock;
    private final Consumer<AuditEntry> audit;
    private Map<String, Caught> caught = new HashMap<>();

    /** Creates the limit; {@code audit} accepts a row without waiting. */
    Refusals(Clock clock, Consumer<AuditEntry> audit) {
        this.clock = clock;
        this.audit = audit;
    }

    /** Records a refusal. It counts for the authenticated caller, who may act as any number of users. */
    void refused(Caller caller, String target, String detail) {
        refused(caller.speaker().inFull(), caller.inFull(), target, detail);
    }

    /** Records a refusal with the real user, as far as it is known. */
    void refused(String speaker, String who, String target, String detail) {
        AuditEntry entry = new AuditEntry(clock.instant(), who, ACTION, target, detail);
        if (isNew(speaker, entry)) {
            audit.accept(entry);
        }
    }

    /** Returns whether the refusal is new; otherwise counts it. */
    private synchronized boolean isNew(String speaker, AuditEntry entry) {
        boolean isRoom = caught.size() < SPEAKERS || caught.containsKey(speaker);
        Caught of = caught.computeIfAbsent(isRoom ? speaker : OTHERS, who -> new Caught(entry.at()));
        boolean isNew =
                of.kinds.size() < KINDS && of.kinds.add(new RefusalKey(entry.who(), entry.target(), entry.detail()));
        if (!isNew) {
            of.last = entry;
            of.more++;
        }
        return isNew;
    }

    /** Returns a row for each caller with refusals that the audit does not have. Afterwards all refusals count as new again. */
    synchronized List<AuditEntry> rest() {
        Map<String, Caught> before = caught;
        caught = new HashMap<>();
        return before.entrySet().stream()
                .filter(each -> each.getValue().last != null)
                .map(each -> sum(each.getKey(), each.getValue()))
                .toList();
    }

    private AuditEntry sum(String speaker, Caught of) {
        AuditEntry last = of.last;
        String example = last == null ? "" : last.who() + ": " + last.detail() + " " + last.target();
        String detail = of.more + " more since " + of.since + ", the last " + example.strip();
        return new AuditEntry(clock.instant(), speaker, ACTION, "", detail);
    }
}
