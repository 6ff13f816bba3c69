// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.JobId;
import io.jobyard.api.RunUse;
import io.jobyard.spi.usage.UsageStore;
import io.jobyard.store.jpa.commit.Inbox;
import io.jobyard.store.jpa.rows.UsageTable;
import io.jobyard.store.jpa.sql.ReadPool;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Usage by runs. Sums read many rows, so the threads for searches compute them. */
final class JpaUsageStore implements UsageStore {

    private final Inbox inbox;
    private final ReadPool readers;
    private final ReadPool searchers;

    JpaUsageStore(Inbox inbox, ReadPool readers, ReadPool searchers) {
        this.inbox = inbox;
        this.readers = readers;
        this.searchers = searchers;
    }

    @Override
    public CompletableFuture<Void> keep(List<RunUse> uses) {
        List<RunUse> copy = List.copyOf(uses);
        return inbox.write(transaction -> transaction.usage().add(copy));
    }

    @Override
    public List<RunUse> uses(JobId job) {
        return readers.ask(session -> UsageTable.ofJob(session, job));
    }

    @Override
    public List<RunUse> uses(Instant since, Instant until, @Nullable RunUse after, int limit) {
        return searchers.ask(session -> UsageTable.between(session, since, until, after, limit));
    }

    @Override
    public CompletableFuture<Integer> forget(Instant before, int limit) {
        AtomicInteger forgotten = new AtomicInteger();
        return inbox.write(transaction -> forgotten.set(UsageTable.forget(transaction.session(), before, limit)))
                .thenApply(done -> forgotten.get());
    }
}
