// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.settings.api.AuditSeal;
import io.jobyard.spi.audit.AuditBegin;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.audit.AuditRow;
import io.jobyard.spi.audit.AuditStore;
import io.jobyard.spi.audit.HistorySeals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the first row or incarnation that is missing or was altered. */
final class AuditProof {

    private static final AuditHeads.KeptHead NONE = new AuditHeads.KeptHead(0, "");
    private static final String BY_SOMEBODY = ", and no row records a removal by age: it was deleted from the database";

    private final Audit audit;
    private final AuditStore store;
    private final AuditHeads heads;
    private final AuditSeal seal;

    AuditProof(Audit audit, AuditStore store, AuditHeads heads, AuditSeal seal) {
        this.audit = audit;
        this.store = store;
        this.heads = heads;
        this.seal = seal;
    }

    Optional<String> problem() {
        Map<UUID, AuditHeads.KeptHead> known = heads.read();
        Map<UUID, AuditCut> cuts = audit.cuts();
        Set<UUID> lives = new LinkedHashSet<>(audit.lives());
        Function<UUID, Optional<String>> rows = life -> problem(life, known.get(life), cuts.get(life));
        Stream<Optional<String>> looks = Stream.of(
                        lives.stream().map(rows),
                        lives.stream().map(life -> audit.begin(life).flatMap(begin -> problem(life, begin, cuts))),
                        known.keySet().stream()
                                .filter(life -> !lives.contains(life))
                                .map(rows),
                        store.lives().stream().dropWhile(this::isGone).map(life -> problem(life, cuts)))
                .flatMap(each -> each);
        return looks.flatMap(Optional::stream).findFirst().or(this::olderSeals);
    }

    /** Checks that the seals of the histories are not older than the seals in the audit. */
    private Optional<String> olderSeals() {
        Map<UUID, SealEntry> latest = new HashMap<>();
        audit.each(row -> {
            SealEntry.of(row.entry()).ifPresent(entry -> latest.put(entry.life(), entry));
            return true;
        });
        Map<UUID, HistorySeals> now = new HashMap<>();
        store.historySeals().forEach(seals -> now.put(seals.life(), seals));
        return latest.values().stream()
                .filter(entry -> now.get(entry.life()) == null || !entry.precedes(now.get(entry.life())))
                .map(entry -> "the seals of the histories of incarnation " + entry.life() + " do not match change "
                        + entry.changes() + " or later, recorded in the audit: older rows were copied into the"
                        + " database, or rows were changed")
                .findFirst();
    }

    /** Checks that the rows of an incarnation are consecutive. */
    private Optional<String> problem(UUID life, AuditHeads.@Nullable KeptHead head, @Nullable AuditCut cut) {
        AuditHeads.KeptHead[] last = {cut == null ? NONE : new AuditHeads.KeptHead(cut.number(), cut.seal())};
        List<String> problems = new ArrayList<>();
        audit.each(life, last[0].number(), row -> {
            problem(life, last[0], row, head).ifPresent(problems::add);
            last[0] = new AuditHeads.KeptHead(row.number(), row.seal());
            return problems.isEmpty();
        });
        long count = last[0].number();
        if (problems.isEmpty() && head != null && count < head.number()) {
            problems.add("row " + (count + 1) + " of " + life + " is missing, and all later rows: " + heads.file()
                    + " contains row " + head.number());
        }
        return problems.stream().findFirst();
    }

    private Optional<String> problem(
            UUID life, AuditHeads.KeptHead before, AuditRow row, AuditHeads.@Nullable KeptHead head) {
        long expected = before.number() + 1;
        if (row.number() != expected) {
            return Optional.of("row " + expected + " of " + life + " is missing: row " + row.number() + " follows");
        }
        String follows = AuditBegin.of(row).map(AuditBegin::seal).orElse(before.seal());
        boolean isSealed = seal.seal(follows, life, row.number(), row.entry()).equals(row);
        boolean isKnown =
                head == null || head.number() != row.number() || head.seal().equals(row.seal());
        if (isSealed && isKnown) {
            return Optional.empty();
        }
        AuditEntry entry = row.entry();
        return Optional.of("row " + row.number() + " of " + life + " was changed after it was written: " + entry.at()
                + " " + entry.who() + " " + entry.action() + " " + entry.target());
    }

    /** Checks that the row before an incarnation exists, or was removed because of its age. */
    private Optional<String> problem(UUID life, AuditBegin begin, Map<UUID, AuditCut> cuts) {
        UUID before = begin.before();
        if (before == null) {
            return Optional.empty();
        }
        AuditCut cut = cuts.get(before);
        boolean isCut = cut != null && cut.number() >= begin.number();
        boolean isThere = store.rows(before, begin.number() - 1, 1).stream()
                .anyMatch(row -> row.number() == begin.number() && row.seal().equals(begin.seal()));
        if (isCut || isThere) {
            return Optional.empty();
        }
        String missing = store.rows(before, 0, 1).isEmpty()
                ? "all rows of incarnation " + before + " are missing"
                : "row " + begin.number() + " of incarnation " + before + " is missing or was changed";
        return Optional.of(missing + ": incarnation " + life + " follows its row " + begin.number() + BY_SOMEBODY);
    }

    /**
     * Returns whether an incarnation has no rows. The rows of the first incarnations are removed by age, and in time
     * the rows that record these removals too.
     */
    private boolean isGone(UUID life) {
        return store.rows(life, 0, 1).isEmpty();
    }

    /** Checks that an incarnation names the previous incarnation, unless its first rows were removed because of their age. */
    private Optional<String> problem(UUID life, Map<UUID, AuditCut> cuts) {
        if (cuts.containsKey(life) || audit.begin(life).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                isGone(life)
                        ? "all rows of incarnation " + life + " are missing, but the store knows it" + BY_SOMEBODY
                        : "row 1 of " + life
                                + " does not name the previous incarnation: it was written by someone who has the key");
    }
}
