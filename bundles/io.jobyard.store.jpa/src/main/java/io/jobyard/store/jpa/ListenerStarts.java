// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.spi.cluster.Hosts;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.StoreSnapshot;
import io.jobyard.store.jpa.commit.CommitFailure;
import io.jobyard.store.jpa.commit.CommitListeners;
import io.jobyard.store.jpa.commit.CommitterConnection;
import io.jobyard.store.jpa.commit.CommitterTask;
import io.jobyard.store.jpa.commit.FailedListeners;
import io.jobyard.store.jpa.commit.Inbox;
import io.jobyard.store.jpa.commit.ListenerReopening;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Starts listeners between two commits, with a snapshot of the store. */
final class ListenerStarts {

    private final Inbox inbox;
    private final CommitterConnection commits;
    private final CommitListeners listeners;
    private final SnapshotReader snapshots;
    private final Supplier<Hosts> hosts;
    private @Nullable StoreSnapshot counted;
    private long countedAt;

    ListenerStarts(
            Inbox inbox,
            CommitterConnection commits,
            CommitListeners listeners,
            SnapshotReader snapshots,
            Supplier<Hosts> hosts) {
        this.inbox = inbox;
        this.commits = commits;
        this.listeners = listeners;
        this.snapshots = snapshots;
        this.hosts = hosts;
    }

    void listen(CommitListener listener) {
        inbox.put(new CommitterTask(() -> begin(listener), new CompletableFuture<>()));
    }

    void forget(CommitListener listener) {
        inbox.put(new CommitterTask(() -> listeners.remove(listener), new CompletableFuture<>()));
    }

    ListenerReopening reopening(FailedListeners failures) {
        return new ListenerReopening(failures, this::begin, this::later);
    }

    private void begin(CommitListener listener) throws CommitFailure {
        listeners.add(listener, snapshot(), hosts.get());
    }

    /** Runs the step after a pause, unless the store has been closed. */
    private void later(Duration pause, CommitterTask.CommitStep step) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> inbox.submit(new CommitterTask(step, done), done));
    }

    /**
     * Returns the current state of the store. At startup all listeners register at once and share one snapshot, because counting a million
     * jobs is slow.
     */
    private StoreSnapshot snapshot() throws CommitFailure {
        StoreSnapshot latest = counted;
        if (latest == null || countedAt != listeners.revision()) {
            latest = commits.askAtOneMoment(snapshots::read, followed -> listeners.followed(followed, commits));
            counted = latest;
            countedAt = listeners.revision();
        }
        return latest;
    }
}
