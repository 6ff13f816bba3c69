// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.EventCursor;
import io.jobyard.spi.feed.FollowerStore;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.store.jpa.commit.FollowerAdvance;
import io.jobyard.store.jpa.commit.Inbox;
import io.jobyard.store.jpa.rows.FollowerTable;
import io.jobyard.store.jpa.sql.ReadPool;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Event followers. The inbox accepts their changes even when it is full, because each caller waits for its answer. */
record JpaFollowerStore(Inbox inbox, ReadPool readers) implements FollowerStore {

    @Override
    public Optional<EventCursor> position(String follower) {
        return readers.ask(session -> FollowerTable.find(session, follower));
    }

    @Override
    public CompletableFuture<Boolean> advance(
            String follower, @Nullable EventCursor before, EventCursor after, List<AdmittedJob> jobs) {
        CompletableFuture<Boolean> future = new CompletableFuture<>();
        return inbox.submit(new FollowerAdvance(follower, before, after, List.copyOf(jobs), future), future);
    }
}
