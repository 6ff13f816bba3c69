// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.api.StoreException;
import io.jobyard.api.spi.AuditEntry;
import io.jobyard.api.spi.AuditRow;
import io.jobyard.api.spi.AuditSeal;
import io.jobyard.api.spi.AuditTrail;
import io.jobyard.api.spi.JobRepository;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The audit as the store has it. Safe for use by several threads. */
@Component(service = {AuditTrail.class, Audit.class})
public final class Audit implements AuditTrail {

    private static final int PAGE = 1_000;
    /** Few enough that a commit of others does not wait noticeably. */
    private static final int SLICE = 500;

    private static final AuditHeads.Head NONE = new AuditHeads.Head(0, "");
    private static final Comparator<AuditRow> BY_TIME = Comparator.<AuditRow, Instant>comparing(
                    row -> row.entry().at())
            .thenComparing(AuditRow::incarnation)
            .thenComparingLong(AuditRow::number);

    private final JobRepository repository;
    private final AuditSeal seal;
    private final AuditHeads heads;
    private final Clock clock;

    @Activate
    public Audit(BundleContext context, @Reference JobRepository repository, @Reference Clock clock) {
        this(
                repository,
                AuditSeal.of(context),
                new AuditHeads(AuditSeal.data(context).resolve("audit.heads")),
                clock);
    }

    Audit(JobRepository repository, AuditSeal seal, AuditHeads heads, Clock clock) {
        this.repository = repository;
        this.seal = seal;
        this.heads = heads;
        this.clock = clock;
    }

    /** Brings the last row that there is to the file outside the database. */
    synchronized void keepHead() {
        repository.lastAudit().ifPresent(heads::write);
    }

    @Override
    public List<AuditRow> find(@Nullable Instant since, @Nullable String who, @Nullable String action, int limit) {
        TreeSet<AuditRow> newest = new TreeSet<>(BY_TIME);
        each(row -> {
            AuditEntry entry = row.entry();
            if ((since == null || !entry.at().isBefore(since))
                    && (who == null || entry.who().contains(who))
                    && (action == null || entry.action().equals(action))) {
                newest.add(row);
                if (newest.size() > limit) {
                    newest.pollFirst();
                }
            }
            return true;
        });
        return List.copyOf(newest);
    }

    @Override
    public void add(AuditEntry entry) {
        join(repository.audit(entry));
    }

    private static void join(CompletableFuture<Void> stored) {
        try {
            stored.join();
        } catch (CompletionException e) {
            throw new StoreException(
                    "the audit does not take it: " + e.getCause().getMessage(), e.getCause());
        }
    }

    @Override
    public void each(Predicate<AuditRow> reader) {
        boolean more = true;
        for (UUID life : repository.audited()) {
            more = more && each(life, 0, reader);
        }
    }

    /** From behind that row on; false if the reader ended it. */
    private boolean each(UUID life, long after, Predicate<AuditRow> reader) {
        long last = after;
        List<AuditRow> page;
        do {
            page = repository.audit(life, last, PAGE);
            for (AuditRow row : page) {
                if (!reader.test(row)) {
                    return false;
                }
                last = row.number();
            }
        } while (page.size() == PAGE);
        return true;
    }

    /** Where the rows of each life begin that has lost some for their age. */
    private Map<UUID, AuditCut> cuts() {
        Map<UUID, AuditCut> cuts = new HashMap<>();
        each(row -> {
            AuditCut.of(row.entry()).ifPresent(cut -> cuts.merge(cut.life(), cut, AuditCut::later));
            return true;
        });
        return cuts;
    }

    @Override
    public synchronized long cut(Instant before, boolean dryRun) {
        Map<UUID, AuditCut> cuts = cuts();
        Map<UUID, AuditRow> old = new LinkedHashMap<>();
        long count = 0;
        for (UUID life : repository.audited()) {
            AuditRow[] ends = new AuditRow[2];
            each(life, 0, row -> {
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

    /** Before any row goes; also anew where the row that says it is about to go, and others of that life stay. */
    private void state(Map<UUID, AuditRow> old, Map<UUID, AuditCut> cuts, Instant before) {
        Instant now = clock.instant();
        for (UUID life : repository.audited()) {
            AuditCut known = cuts.get(life);
            AuditCut next = old.containsKey(life) ? AuditCut.after(old.get(life), now) : known;
            if (next != null
                    && (known == null
                            || known.number() != next.number()
                            || known.at().isBefore(before))) {
                add(next.again(now).entry());
                cuts.put(life, next);
            }
        }
    }

    private void remove(AuditRow last) {
        long first = repository.audit(last.incarnation(), 0, 1).stream()
                .mapToLong(AuditRow::number)
                .findFirst()
                .orElse(last.number());
        for (long upTo = first + SLICE - 1; upTo < last.number(); upTo += SLICE) {
            join(repository.cutAudit(last.incarnation(), upTo));
        }
        join(repository.cutAudit(last.incarnation(), last.number()));
    }

    /** Whether nothing of a life is left because all of it was old. */
    private boolean isGone(UUID life, AuditHeads.Head head, @Nullable AuditCut cut) {
        return cut != null
                && cut.number() >= head.number()
                && repository.audit(life, 0, 1).isEmpty();
    }

    @Override
    public Optional<String> verify() {
        Map<UUID, AuditHeads.Head> known = heads.read();
        Map<UUID, AuditCut> cuts = cuts();
        TreeSet<UUID> lives = new TreeSet<>(known.keySet());
        lives.addAll(repository.audited());
        return lives.stream()
                .map(life -> problem(life, known.get(life), cuts.get(life)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<String> problem(UUID life, AuditHeads.@Nullable Head head, @Nullable AuditCut cut) {
        AuditHeads.Head[] last = {cut == null ? NONE : new AuditHeads.Head(cut.number(), cut.seal())};
        List<String> problems = new ArrayList<>();
        each(life, last[0].number(), row -> {
            problem(life, last[0], row, head).ifPresent(problems::add);
            last[0] = new AuditHeads.Head(row.number(), row.seal());
            return problems.isEmpty();
        });
        long count = last[0].number();
        if (problems.isEmpty() && head != null && count < head.number()) {
            problems.add("row " + (count + 1) + " of " + life + " is missing, and what followed it: " + heads.file()
                    + " knows of row " + head.number());
        }
        return problems.stream().findFirst();
    }

    private Optional<String> problem(UUID life, AuditHeads.Head before, AuditRow row, AuditHeads.@Nullable Head head) {
        long expected = before.number() + 1;
        if (row.number() != expected) {
            return Optional.of("row " + expected + " of " + life + " is missing: row " + row.number() + " is the next");
        }
        boolean isSealed =
                seal.seal(before.seal(), life, row.number(), row.entry()).equals(row);
        boolean isKnown =
                head == null || head.number() != row.number() || head.seal().equals(row.seal());
        if (isSealed && isKnown) {
            return Optional.empty();
        }
        AuditEntry entry = row.entry();
        return Optional.of("row " + row.number() + " of " + life + " is not as it was written: " + entry.at() + " "
                + entry.who() + " " + entry.action() + " " + entry.target());
    }
}
