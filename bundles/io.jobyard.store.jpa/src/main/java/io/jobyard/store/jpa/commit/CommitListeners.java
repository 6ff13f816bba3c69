// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.commit;

import io.jobyard.spi.cluster.Hosts;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.feed.StoreSnapshot;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.store.jpa.feed.RemoteCommits;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Listeners of commits. Only this class calls them. A listener that throws has missed a change, so its state is wrong: it gets no further
 * changes until it restarts from a snapshot ({@link ListenerReopening}).
 */
public final class CommitListeners {

    private final List<CommitListener> listeners = new CopyOnWriteArrayList<>();
    private final FailedListeners failed;
    private final ReentrantLock turn = new ReentrantLock();
    private long revision;

    public CommitListeners(FailedListeners failed) {
        this.failed = failed;
    }

    /** Returns the number of notifications since the store was opened. Only for the committer's thread. */
    public long revision() {
        return revision;
    }

    /** Starts or restarts a listener, between two commits. */
    public void add(CommitListener listener, StoreSnapshot snapshot, Hosts hosts) {
        boolean begins = guarded(listener, () -> {
            listener.opened(snapshot);
            listener.hosts(hosts);
        });
        if (begins) {
            listeners.add(listener);
            failed.reopened(listener);
        }
    }

    public void remove(CommitListener listener) {
        listeners.remove(listener);
        failed.forget(listener);
    }

    /** Runs the notifications. Threads that wait for listeners are blocked until the end. */
    void inOneTurn(Runnable telling) {
        turn.lock();
        try {
            telling.run();
        } finally {
            turn.unlock();
        }
    }

    /** Waits until listeners have received all changes that callers know to be stored. For any thread. */
    public void await() {
        inOneTurn(() -> {});
    }

    void committed(List<Committed> changes) {
        if (!changes.isEmpty()) {
            tell(listener -> listener.committed(changes));
        }
    }

    /** Notifies the listeners of changes of other hosts, each event with its position. */
    public void followed(RemoteCommits followed, CommitterConnection commits) {
        inOneTurn(() -> {
            committed(commits.placed(followed.with(List.of())));
            followed.news().forEach(this::tell);
        });
    }

    public void removed(List<StoredJob> jobs) {
        if (!jobs.isEmpty()) {
            tell(listener -> listener.removed(jobs, false));
        }
    }

    public void tell(Consumer<CommitListener> news) {
        revision++;
        for (CommitListener listener : listeners) {
            if (!guarded(listener, () -> news.accept(listener))) {
                listeners.remove(listener);
            }
        }
    }

    /** Calls a listener. Returns false if it throws: a faulty listener must not stop the committer. */
    private boolean guarded(CommitListener listener, Runnable call) {
        try {
            call.run();
            return true;
        } catch (RuntimeException | Error e) {
            failed.failed(listener, e);
            return false;
        }
    }
}
