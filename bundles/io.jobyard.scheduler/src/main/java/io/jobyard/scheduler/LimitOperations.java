// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.StateConflictException;
import io.jobyard.api.StoreException;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.limits.LimitDefinition;
import io.jobyard.spi.limits.LimitKind;
import io.jobyard.spi.limits.LimitStore;
import io.jobyard.spi.queue.QueueRules;
import io.jobyard.spi.store.Futures;
import io.jobyard.spi.text.Spelling;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Limits and queues that users set while a host runs, on any host. */
final class LimitOperations {

    /** Maximum number of attempts. A definition may change between a read and its change, but hardly this often. */
    private static final int LOOKS = 100;

    private static final int LONGEST = 4_000;
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    private final QueueRules queue;
    private final LimitStore limits;
    private final Access access;
    private final Clock clock;

    LimitOperations(QueueRules queue, LimitStore limits, Access access, Clock clock) {
        this.queue = queue;
        this.limits = limits;
        this.access = access;
        this.clock = clock;
    }

    void set(LimitKind kind, String name, Map<String, String> settings, Caller caller) {
        access.require(caller, AccessRule.DEFINE);
        settings.forEach(LimitOperations::check);
        for (int look = 0; look < LOOKS; look++) {
            LimitDefinition known = find(kind, name);
            LimitDefinition next = known.with(merged(known.settings(), settings));
            if (next.isGone()) {
                throw new ValidationException(
                        kind.text() + " " + name + " would have no keys: set KEY=VALUE, or remove it");
            }
            queue.requireDefinable(next);
            if (next.text().length() > LONGEST) {
                throw new ValidationException(kind.text() + " " + name + " has "
                        + next.text().length() + " characters: use at most " + LONGEST);
            }
            if (store(next, "set: " + next.inOneLine(), caller)) {
                return;
            }
        }
        throw busy(kind, name);
    }

    void remove(LimitKind kind, String name, Caller caller) {
        access.require(caller, AccessRule.DEFINE);
        for (int look = 0; look < LOOKS; look++) {
            LimitDefinition known = find(kind, name);
            if (known.isGone()) {
                throw new StateConflictException(
                        "unknown " + kind.text() + " " + name + Spelling.hint(name, names(kind))
                                + ": only one that was created by a command can be removed; remove the file of any other");
            }
            if (store(known.with(Map.of()), "removed", caller)) {
                return;
            }
        }
        throw busy(kind, name);
    }

    private boolean store(LimitDefinition next, String words, Caller caller) {
        String kind = next.kind().text();
        return Futures.join(limits.define(
                next, new AuditEntry(clock.instant(), caller.inFull(), kind, kind + " " + next.name(), words)));
    }

    /** Returns the stored definition; a definition of version 0 without settings if none is stored. */
    private LimitDefinition find(LimitKind kind, String name) {
        return limits.definitions().stream()
                .filter(each -> each.kind() == kind && each.name().equals(name))
                .findFirst()
                .orElseGet(() -> new LimitDefinition(kind, name, 0, new TreeMap<>()));
    }

    private List<String> names(LimitKind kind) {
        return limits.definitions().stream()
                .filter(each -> each.kind() == kind && !each.isGone())
                .map(LimitDefinition::name)
                .toList();
    }

    private static void check(String key, String value) {
        if (!KEY.matcher(key).matches() || value.chars().anyMatch(Character::isISOControl)) {
            throw new ValidationException("invalid key or value '" + TermsChecks.shown(key)
                    + "': use 1 to 100 of the characters A-Z a-z 0-9 . _ - for a key, and printable"
                    + " characters for its value");
        }
    }

    private static SortedMap<String, String> merged(Map<String, String> known, Map<String, String> settings) {
        SortedMap<String, String> all = new TreeMap<>(known);
        settings.forEach((key, value) -> {
            if (value.isBlank()) {
                all.remove(key);
            } else {
                all.put(key, value.strip());
            }
        });
        return all;
    }

    private static StoreException busy(LimitKind kind, String name) {
        return new StoreException(kind.text() + " " + name + " keeps changing; nothing was stored, try again", null);
    }
}
