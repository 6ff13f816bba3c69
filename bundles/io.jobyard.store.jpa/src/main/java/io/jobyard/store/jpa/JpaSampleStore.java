// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.JobSample;
import io.jobyard.api.SampleStep;
import io.jobyard.spi.samples.SampleStore;
import io.jobyard.store.jpa.commit.Inbox;
import io.jobyard.store.jpa.rows.SampleTable;
import io.jobyard.store.jpa.sql.ReadPool;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Samples of the numbers of jobs. A chart reads many rows, so the threads for searches read them. */
final class JpaSampleStore implements SampleStore {

    private final Inbox inbox;
    private final ReadPool searchers;

    JpaSampleStore(Inbox inbox, ReadPool searchers) {
        this.inbox = inbox;
        this.searchers = searchers;
    }

    @Override
    public CompletableFuture<Void> keep(SampleStep step, JobSample sample) {
        return inbox.write(transaction -> SampleTable.keep(transaction.session(), step, sample));
    }

    @Override
    public List<JobSample> samples(SampleStep step, Instant since, Instant until, int limit) {
        return searchers.ask(session -> SampleTable.between(session, step, since, until, limit));
    }

    @Override
    public CompletableFuture<Integer> forget(SampleStep step, Instant before, int limit) {
        AtomicInteger forgotten = new AtomicInteger();
        return inbox.write(transaction -> forgotten.set(SampleTable.forget(transaction.session(), step, before, limit)))
                .thenApply(done -> forgotten.get());
    }
}
