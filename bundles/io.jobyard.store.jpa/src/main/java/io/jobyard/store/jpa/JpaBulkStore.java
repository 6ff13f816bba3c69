// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.bulk.BulkStore;
import io.jobyard.spi.bulk.StoredBulk;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.store.ReleaseRule;
import io.jobyard.store.jpa.commit.BulkSlice;
import io.jobyard.store.jpa.commit.Inbox;
import io.jobyard.store.jpa.rows.BulkTable;
import io.jobyard.store.jpa.sql.ReadPool;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Bulk operations. The committer writes them; the read threads read them. */
final class JpaBulkStore implements BulkStore {

    private final Inbox inbox;
    private final ReadPool readers;

    JpaBulkStore(Inbox inbox, ReadPool readers) {
        this.inbox = inbox;
        this.readers = readers;
    }

    @Override
    public CompletableFuture<StoredBulk> begin(StoredBulk bulk, Function<StoredBulk, AuditEntry> entry) {
        AtomicReference<StoredBulk> stored = new AtomicReference<>(bulk);
        return inbox.write(transaction -> {
                    stored.set(BulkTable.insert(transaction.session(), bulk));
                    transaction.audit(entry.apply(stored.get()));
                })
                .thenApply(done -> stored.get());
    }

    @Override
    public List<StoredBulk> bulks(int limit) {
        return readers.ask(session -> BulkTable.latest(session, limit));
    }

    @Override
    public Optional<StoredBulk> bulk(int number) {
        return readers.ask(session -> BulkTable.find(session, number));
    }

    @Override
    public Optional<StoredBulk> unfinished() {
        return readers.ask(BulkTable::unfinished);
    }

    @Override
    public CompletableFuture<Void> stop(int number, String who) {
        return inbox.write(transaction -> BulkTable.stop(transaction.session(), number, who));
    }

    @Override
    public CompletableFuture<List<Boolean>> slice(StoredBulk bulk, List<Move> moves, ReleaseRule rule) {
        CompletableFuture<List<Boolean>> future = new CompletableFuture<>();
        return inbox.submit(new BulkSlice(bulk, List.copyOf(moves), rule, future), future);
    }

    @Override
    public CompletableFuture<Void> end(StoredBulk bulk, AuditEntry entry) {
        return inbox.write(transaction -> {
            if (transaction.isLeader()) {
                BulkTable.further(transaction.session(), bulk);
                transaction.audit(entry);
            }
        });
    }
}
