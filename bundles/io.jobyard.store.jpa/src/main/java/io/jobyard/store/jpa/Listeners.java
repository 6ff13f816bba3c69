// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.spi.CommitListener;
import io.jobyard.api.spi.Committed;
import io.jobyard.api.spi.StoreSnapshot;
import io.jobyard.api.spi.StoredJob;
import io.jobyard.api.spi.hosting.Hosts;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who hears of the commits. The one place where a listener is called. */
final class Listeners {

    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private final List<CommitListener> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock turn = new ReentrantLock();
    private long revision;

    /** How often listeners were told something since the store was opened. For the committer's thread. */
    long revision() {
        return revision;
    }

    /** Lets it begin; between two commits. */
    void add(CommitListener listener, StoreSnapshot snapshot, Hosts hosts) {
        guarded(listener, () -> listener.opened(snapshot));
        guarded(listener, () -> listener.hosts(hosts));
        listeners.add(listener);
    }

    void remove(CommitListener listener) {
        listeners.remove(listener);
    }

    /** Whoever waits for the listeners meanwhile goes on after all of it. */
    void inOneTurn(Runnable telling) {
        turn.lock();
        try {
            telling.run();
        } finally {
            turn.unlock();
        }
    }

    /** Waits until they have heard of all that callers were told of. For any thread. */
    void await() {
        inOneTurn(() -> {});
    }

    void committed(List<Committed> changes) {
        if (!changes.isEmpty()) {
            tell(listener -> listener.committed(changes));
        }
    }

    /** What other hosts alone have committed, each event with its place. */
    void followed(Followed followed, CommitterConnection commits) {
        inOneTurn(() -> {
            committed(commits.placed(followed.with(List.of())));
            followed.news().forEach(this::tell);
        });
    }

    void removed(List<StoredJob> jobs) {
        if (!jobs.isEmpty()) {
            tell(listener -> listener.removed(jobs, false));
        }
    }

    void tell(Consumer<CommitListener> news) {
        revision++;
        listeners.forEach(listener -> guarded(listener, () -> news.accept(listener)));
    }

    private static void guarded(CommitListener listener, Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error e) { // the committer lives on, whatever a listener does
            LOG.error(
                    "{} failed to hear of a commit; what it keeps may be wrong until the host starts anew",
                    listener,
                    e);
        }
    }
}
