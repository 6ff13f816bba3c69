// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.api.StoreException;
import io.jobyard.settings.api.AuditSeal;
import io.jobyard.settings.api.Instance;
import io.jobyard.spi.audit.AuditBegin;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.audit.AuditRow;
import io.jobyard.spi.audit.AuditStore;
import io.jobyard.spi.audit.AuditTrail;
import io.jobyard.spi.audit.HistorySeals;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Audit in the store. */
@Component(service = {AuditTrail.class, Audit.class})
public final class Audit implements AuditTrail {

    private static final int PAGE = 1_000;
    private static final Comparator<AuditRow> BY_TIME = Comparator.<AuditRow, Instant>comparing(
                    row -> row.entry().at())
            .thenComparing(AuditRow::incarnation)
            .thenComparingLong(AuditRow::number);

    private final AuditStore store;
    private final AuditHeads heads;
    private final AuditRemoval removal;
    private final AuditProof proof;
    private final Clock clock;
    private long kept;

    @Activate
    public Audit(@Reference Instance instance, @Reference AuditStore store, @Reference Clock clock) {
        this(store, AuditSeal.of(instance), new AuditHeads(instance.data().resolve("audit.heads")), clock);
    }

    Audit(AuditStore store, AuditSeal seal, AuditHeads heads, Clock clock) {
        this.store = store;
        this.heads = heads;
        this.clock = clock;
        removal = new AuditRemoval(this, store, heads, clock);
        proof = new AuditProof(this, store, heads, seal);
    }

    /** Copies the last row to the file outside the database. */
    synchronized void keepHead() {
        store.last().ifPresent(heads::write);
    }

    /** Writes the seals of the histories of this incarnation to the audit, if they have changed. */
    synchronized void keepSeals() {
        List<UUID> lives = store.lives();
        UUID life = lives.get(lives.size() - 1);
        for (HistorySeals now : store.historySeals()) {
            if (now.life().equals(life) && now.changes() != kept) {
                add(SealEntry.of(now, clock.instant()));
                kept = now.changes();
            }
        }
    }

    @Override
    public List<AuditRow> find(@Nullable Instant since, @Nullable String who, @Nullable String action, int limit) {
        TreeSet<AuditRow> newest = new TreeSet<>(BY_TIME);
        each(row -> {
            AuditEntry entry = row.entry();
            if (entry.action().equals(SealEntry.ACTION) && action == null) {
                return true; // at most one per hour, and no caller waits for it
            }
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
        join(store.append(entry));
    }

    static void join(CompletableFuture<Void> stored) {
        try {
            stored.join();
        } catch (CompletionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            throw new StoreException("cannot write to the audit: " + cause.getMessage(), cause);
        }
    }

    @Override
    public void each(Predicate<AuditRow> reader) {
        boolean more = true;
        for (UUID life : lives()) {
            more = more && each(life, 0, reader);
        }
    }

    /** Returns the incarnations that have rows, the oldest first. Incarnations that the store no longer knows come first. */
    List<UUID> lives() {
        Set<UUID> audited = new LinkedHashSet<>(store.audited());
        List<UUID> known = store.lives();
        List<UUID> lives = new ArrayList<>(audited);
        lives.removeAll(new HashSet<>(known));
        lives.addAll(known.stream().filter(audited::contains).toList());
        return lives;
    }

    /** Returns the known incarnations of this instance. All others belong to other hosts of the database. */
    Set<UUID> ours() {
        Set<UUID> ours = new HashSet<>(heads.read().keySet());
        store.last().map(AuditRow::incarnation).ifPresent(ours::add);
        return ours;
    }

    /** Reads the rows after that number; false if the reader stopped. */
    boolean each(UUID life, long after, Predicate<AuditRow> reader) {
        long last = after;
        List<AuditRow> page;
        do {
            page = store.rows(life, last, PAGE);
            for (AuditRow row : page) {
                if (!reader.test(row)) {
                    return false;
                }
                last = row.number();
            }
        } while (page.size() == PAGE);
        return true;
    }

    /** Returns the last removed row of each incarnation whose old rows were removed. */
    Map<UUID, AuditCut> cuts() {
        Map<UUID, AuditCut> cuts = new HashMap<>();
        each(row -> {
            AuditCut.of(row.entry()).ifPresent(cut -> cuts.merge(cut.life(), cut, AuditCut::later));
            return true;
        });
        return cuts;
    }

    /**
     * Returns what the first row of an incarnation records about the previous incarnation; empty if the row was removed
     * or records nothing.
     */
    Optional<AuditBegin> begin(UUID life) {
        return store.rows(life, 0, 1).stream().findFirst().flatMap(AuditBegin::of);
    }

    @Override
    public synchronized long cut(Instant before, boolean dryRun) {
        return removal.cut(before, dryRun);
    }

    @Override
    public Optional<String> verify() {
        return proof.problem().or(store::verifyHistories);
    }
}
