// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.spi.audit.AuditBegin;
import io.jobyard.spi.audit.AuditRow;
import io.jobyard.spi.audit.AuditStore;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Removes old rows, the oldest incarnation's first. First, it records in the audit which rows it will remove. */
final class AuditRemoval {

    /** Rows per commit: small, so that other commits do not wait long. */
    private static final int SLICE = 500;

    private final Audit audit;
    private final AuditStore store;
    private final AuditHeads heads;
    private final Clock clock;

    AuditRemoval(Audit audit, AuditStore store, AuditHeads heads, Clock clock) {
        this.audit = audit;
        this.store = store;
        this.heads = heads;
        this.clock = clock;
    }

    long cut(Instant before, boolean dryRun) {
        Map<UUID, AuditCut> cuts = audit.cuts();
        Map<UUID, AuditRow> old = new LinkedHashMap<>();
        long count = 0;
        for (UUID life : audit.lives()) {
            AuditRow[] ends = new AuditRow[2];
            audit.each(life, 0, row -> {
                boolean isOld = row.entry().at().isBefore(before);
                ends[0] = ends[0] == null ? row : ends[0];
                ends[1] = isOld ? row : ends[1];
                return isOld;
            });
            if (ends[1] != null) {
                old.put(life, ends[1]);
                count += ends[1].number() - ends[0].number() + 1;
            }
        }
        if (!dryRun) {
            state(old, cuts, before);
            old.values().forEach(this::remove);
            heads.forget((life, head) -> isGone(life, head, cuts.get(life)));
        }
        return count;
    }

    /** Records the removal before any row is removed. Repeats a record that is itself old but still needed. */
    private void state(Map<UUID, AuditRow> old, Map<UUID, AuditCut> cuts, Instant before) {
        Instant now = clock.instant();
        for (UUID life : needed(old)) {
            AuditCut known = cuts.get(life);
            AuditCut next = old.containsKey(life) ? AuditCut.after(old.get(life), now) : known;
            if (next != null
                    && (known == null
                            || known.number() != next.number()
                            || known.at().isBefore(before))) {
                audit.add(next.again(now).entry());
                cuts.put(life, next);
            }
        }
    }

    /**
     * Returns the incarnations whose removal records are still needed: those with remaining rows, and all incarnations from the one
     * that the first remaining row names.
     */
    private Set<UUID> needed(Map<UUID, AuditRow> old) {
        Set<UUID> needed = new LinkedHashSet<>(audit.lives());
        List<UUID> all = store.lives();
        for (UUID life : all) {
            Optional<AuditBegin> begin = old.containsKey(life) ? Optional.empty() : audit.begin(life);
            if (begin.isPresent()) {
                UUID named = Objects.requireNonNullElse(begin.get().before(), life);
                needed.add(named);
                needed.addAll(all.subList(Math.max(0, all.indexOf(named)), all.size()));
                break;
            }
        }
        return needed;
    }

    private void remove(AuditRow last) {
        long first = store.rows(last.incarnation(), 0, 1).stream()
                .mapToLong(AuditRow::number)
                .findFirst()
                .orElse(last.number());
        for (long upTo = first + SLICE - 1; upTo < last.number(); upTo += SLICE) {
            Audit.join(store.cut(last.incarnation(), upTo));
        }
        Audit.join(store.cut(last.incarnation(), last.number()));
    }

    /** Returns whether all rows of an incarnation were removed because of their age. */
    private boolean isGone(UUID life, AuditHeads.KeptHead head, @Nullable AuditCut cut) {
        return cut != null
                && cut.number() >= head.number()
                && store.rows(life, 0, 1).isEmpty();
    }
}
