// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.api.spi.AuditEntry;
import io.jobyard.api.spi.AuditRow;
import io.jobyard.api.spi.AuditSeal;
import io.jobyard.api.spi.AuditTrail;
import io.jobyard.api.spi.JobRepository;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The audit as the store has it. Safe for use by several threads. */
final class Audit implements AuditTrail {

    private static final int PAGE = 1_000;
    private static final Comparator<AuditRow> BY_TIME = Comparator.<AuditRow, Instant>comparing(
                    row -> row.entry().at())
            .thenComparing(AuditRow::incarnation)
            .thenComparingLong(AuditRow::number);

    private final JobRepository repository;
    private final AuditSeal seal;
    private final AuditHeads heads;

    Audit(JobRepository repository, AuditSeal seal, AuditHeads heads) {
        this.repository = repository;
        this.seal = seal;
        this.heads = heads;
    }

    /** Brings the last row that there is to the file outside the database. */
    synchronized void keepHead() {
        repository.lastAudit().ifPresent(heads::write);
    }

    @Override
    public List<AuditRow> find(@Nullable Instant since, @Nullable String who, @Nullable String action, int limit) {
        TreeSet<AuditRow> newest = new TreeSet<>(BY_TIME);
        for (UUID life : repository.audited()) {
            each(life, row -> {
                AuditEntry entry = row.entry();
                if ((since == null || !entry.at().isBefore(since))
                        && (who == null || entry.who().contains(who))
                        && (action == null || entry.action().equals(action))) {
                    newest.add(row);
                    if (newest.size() > limit) {
                        newest.pollFirst();
                    }
                }
            });
        }
        return List.copyOf(newest);
    }

    @Override
    public Optional<String> verify() {
        Map<UUID, AuditHeads.Head> known = heads.read();
        TreeSet<UUID> lives = new TreeSet<>(known.keySet());
        lives.addAll(repository.audited());
        return lives.stream()
                .map(life -> problem(life, known.get(life)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<String> problem(UUID life, AuditHeads.@Nullable Head head) {
        Deque<String> problems = new ArrayDeque<>();
        AuditRow[] last = new AuditRow[1];
        each(life, row -> {
            if (problems.isEmpty()) {
                problem(life, last[0], row, head).ifPresent(problems::add);
            }
            last[0] = row;
        });
        long count = last[0] == null ? 0 : last[0].number();
        if (problems.isEmpty() && head != null && count < head.number()) {
            problems.add("row " + (count + 1) + " of " + life + " is missing, and what followed it: " + heads.file()
                    + " knows of row " + head.number());
        }
        return Optional.ofNullable(problems.peek());
    }

    private Optional<String> problem(
            UUID life, @Nullable AuditRow before, AuditRow row, AuditHeads.@Nullable Head head) {
        long expected = before == null ? 1 : before.number() + 1;
        if (row.number() != expected) {
            return Optional.of("row " + expected + " of " + life + " is missing: row " + row.number() + " is the next");
        }
        boolean isSealed = seal.seal(before == null ? "" : before.seal(), life, row.number(), row.entry())
                .equals(row);
        boolean isKnown =
                head == null || head.number() != row.number() || head.seal().equals(row.seal());
        if (isSealed && isKnown) {
            return Optional.empty();
        }
        AuditEntry entry = row.entry();
        return Optional.of("row " + row.number() + " of " + life + " is not as it was written: " + entry.at() + " "
                + entry.who() + " " + entry.action() + " " + entry.target());
    }

    private void each(UUID life, Consumer<AuditRow> what) {
        long after = 0;
        List<AuditRow> page;
        do {
            page = repository.audit(life, after, PAGE);
            page.forEach(what);
            after = page.isEmpty() ? after : page.get(page.size() - 1).number();
        } while (page.size() == PAGE);
    }
}
