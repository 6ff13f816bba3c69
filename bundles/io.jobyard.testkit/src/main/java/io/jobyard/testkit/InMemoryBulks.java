// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit;

import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.audit.AuditStore;
import io.jobyard.spi.bulk.BulkStore;
import io.jobyard.spi.bulk.StoredBulk;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.store.Futures;
import io.jobyard.spi.store.JobStore;
import io.jobyard.spi.store.ReleaseRule;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;

/** Bulk operations in memory; each move is a separate change. */
final class InMemoryBulks implements BulkStore {

    private final JobStore jobs;
    private final AuditStore audit;
    private final NavigableMap<Integer, StoredBulk> bulks;

    InMemoryBulks(JobStore jobs, AuditStore audit, NavigableMap<Integer, StoredBulk> bulks) {
        this.jobs = jobs;
        this.audit = audit;
        this.bulks = bulks;
    }

    static NavigableMap<Integer, StoredBulk> none() {
        return new ConcurrentSkipListMap<>();
    }

    @Override
    public synchronized CompletableFuture<StoredBulk> begin(StoredBulk bulk, Function<StoredBulk, AuditEntry> entry) {
        StoredBulk stored = bulk.numbered(bulks.isEmpty() ? 1 : bulks.lastKey() + 1);
        bulks.put(stored.number(), stored);
        return audit.append(entry.apply(stored)).thenApply(done -> stored);
    }

    @Override
    public List<StoredBulk> bulks(int limit) {
        return bulks.descendingMap().values().stream().limit(limit).toList();
    }

    @Override
    public Optional<StoredBulk> bulk(int number) {
        return Optional.ofNullable(bulks.get(number));
    }

    @Override
    public Optional<StoredBulk> unfinished() {
        return bulks.values().stream().filter(bulk -> bulk.endedAt() == null).findFirst();
    }

    @Override
    public CompletableFuture<Void> stop(int number, String who) {
        bulks.computeIfPresent(number, (any, bulk) -> bulk.endedAt() == null ? bulk.stopped(who) : bulk);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<List<Boolean>> slice(StoredBulk bulk, List<Move> moves, ReleaseRule rule) {
        List<CompletableFuture<Boolean>> answers = moves.stream()
                .map(move -> jobs.move(move, rule).exceptionally(fault -> false))
                .toList();
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(done -> {
                    further(bulk);
                    return answers.stream().map(Futures::join).toList();
                });
    }

    private void further(StoredBulk bulk) {
        bulks.computeIfPresent(
                bulk.number(), (any, known) -> known.stoppedBy() == null ? bulk : bulk.stopped(known.stoppedBy()));
    }

    @Override
    public CompletableFuture<Void> end(StoredBulk bulk, AuditEntry entry) {
        further(bulk);
        return audit.append(entry);
    }
}
