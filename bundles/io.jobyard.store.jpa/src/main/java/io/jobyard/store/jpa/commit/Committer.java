// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.commit;

import io.jobyard.api.StoreException;
import io.jobyard.settings.api.LoopThread;
import io.jobyard.spi.feed.Committed;
import io.jobyard.store.api.StoreFault;
import io.jobyard.store.jpa.commit.Transaction.Applied;
import io.jobyard.store.jpa.feed.RemoteCommits;
import io.jobyard.store.jpa.sql.StoreHealth;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only thread that writes. It stores the changes that arrived during the last commit in one transaction. Then it answers submitters,
 * notifies the listeners, and answers the other callers. If a transaction fails because of one change, the committer finds the change by
 * halving the batch, and fails only this change.
 */
public final class Committer {

    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);
    /**
     * Maximum number of changes in a transaction. At least the number of outcomes in flight, so that each outcome is part of the next
     * commit.
     */
    private static final int BATCH = 256;
    /** Number of immediate retries of a batch that failed because of another commit; later retries follow pauses. */
    private static final int AT_ONCE = 3;

    private enum Doubt {
        STORED,
        NOT_STORED,
        OPEN
    }

    private final Inbox inbox;
    private final CommitterConnection commits;
    private final CommitListeners listeners;
    private final ListenerReopening reopening;
    private final Consumer<List<Committed>> first;
    private final LoopThread loop;
    private final CommitRetries retries;
    private final CommitWatch watch;

    /** @param first receives the committed changes before anyone else */
    public Committer(
            Inbox inbox,
            CommitterConnection commits,
            CommitListeners listeners,
            ListenerReopening reopening,
            Consumer<List<Committed>> first,
            StoreHealth health,
            CommitWatch watch) {
        this.first = first;
        this.inbox = inbox;
        this.commits = commits;
        this.listeners = listeners;
        this.reopening = reopening;
        this.watch = watch;
        retries = new CommitRetries(inbox, health);
        loop = new LoopThread("jobyard-committer-1", "Nothing is stored", this::round, commits::close);
    }

    public void start() {
        loop.start();
    }

    /** Closes the inbox and stores the changes that have arrived. Returns false if the committer has not finished within the timeout. */
    public boolean stop(Duration timeout) throws InterruptedException {
        inbox.close();
        return loop.awaitEnd(timeout);
    }

    private Duration round() {
        List<Change> batch = inbox.take(BATCH);
        if (batch.isEmpty()) {
            loop.beginStop();
            return Duration.ZERO;
        }
        Thread.interrupted(); // clears the flag: the database driver must not see an interrupt
        watch.begins();
        try {
            CommitterTask.CommitStep step = batch.get(0).step();
            if (step != null) {
                take(step, batch.get(0));
            } else {
                commit(batch);
            }
        } catch (RuntimeException | Error e) {
            LOG.error("The committer failed and continues", e);
            watch.failed(batch, e);
            Change.fail(batch, new StoreException("the store failed on this change: " + e, e));
        } finally {
            commits.tables().jobs().starts().settle(false);
            watch.ends();
        }
        return Duration.ZERO;
    }

    private void take(CommitterTask.CommitStep step, Change between) {
        do {
            try {
                step.take();
                watch.stored(List.of(between));
                reopenFailed();
                between.future().complete(null);
                return;
            } catch (CommitFailure e) {
                retries.tell(e);
            }
        } while (retries.goOn());
        retries.refuse(List.of(between));
    }

    private void commit(List<Change> batch) {
        List<Change> rest = batch;
        for (int attempt = 1; !rest.isEmpty(); attempt++) {
            try {
                CommitterConnection.Stored stored = commits.commit(rest);
                retries.over(); // before callers are answered: the doctor must not report a resolved finding
                watch.stored(rest);
                publish(stored.applied(), () -> stored.followed() == null ? follow() : stored.followed());
                return;
            } catch (CommitFailure e) {
                Applied sent = e.doubtful();
                Doubt doubt = sent == null ? Doubt.NOT_STORED : settle(sent, e);
                if (sent != null && doubt == Doubt.STORED) {
                    retries.over();
                    watch.stored(rest);
                    publish(sent, this::follow);
                    return;
                }
                if (doubt == Doubt.OPEN) {
                    retries.failInDoubt(rest); // the store is closing
                    return;
                }
                rest = after(rest, e, attempt);
            }
        }
    }

    /** Finds out whether a failed commit was stored. Reads the feed as soon as the database answers. */
    private Doubt settle(Applied sent, CommitFailure failure) {
        retries.tell(failure);
        do {
            try {
                return commits.isStored(sent) ? Doubt.STORED : Doubt.NOT_STORED;
            } catch (CommitFailure e) {
                retries.tell(e);
            }
        } while (retries.goOn());
        return Doubt.OPEN;
    }

    /** Returns the changes to retry after a failure. */
    private List<Change> after(List<Change> batch, CommitFailure failure, int attempt) {
        StoreFault fault = failure.fault();
        if (fault.isFinished()) {
            retries.tell(failure);
            retries.refuse(batch);
            return List.of();
        }
        if (fault == StoreFault.CONFLICT && attempt < AT_ONCE) {
            return batch;
        }
        boolean away = fault == StoreFault.LOST || fault == StoreFault.FULL || failure.doubtful() != null;
        if (away || fault == StoreFault.CONFLICT) {
            return hold(batch, failure);
        }
        if (batch.size() == 1) {
            List<Change> smaller = batch.get(0).smaller();
            smaller.forEach(part -> commit(List.of(part)));
            if (smaller.isEmpty()) {
                Throwable reason = commits.reason(batch.get(0), failure);
                if (reason instanceof StoreException) {
                    watch.failed(batch, failure);
                }
                Change.fail(batch, reason);
            }
        } else {
            int half = batch.size() / 2;
            commit(batch.subList(0, half));
            commit(batch.subList(half, batch.size()));
        }
        return List.of();
    }

    /** Keeps outcomes until the database accepts them, and fails submissions. Returns the changes to retry. */
    private List<Change> hold(List<Change> batch, CommitFailure failure) {
        retries.tell(failure);
        retries.refuse(inbox.takeAdmissions()); // before callers are answered, because they may submit again
        retries.refuse(batch.stream().filter(Change::isRefusedMeanwhile).toList());
        List<Change> kept =
                batch.stream().filter(change -> !change.isRefusedMeanwhile()).toList();
        if (kept.isEmpty() || retries.goOn()) {
            return kept;
        }
        retries.refuse(kept);
        return List.of();
    }

    /** Publishes a commit. Submitters are answered before the commits of other hosts are read. */
    private void publish(Applied applied, Supplier<RemoteCommits> follow) {
        try {
            first.accept(applied.committed());
            listeners.inOneTurn(() -> {
                applied.firstAnswers().forEach(Runnable::run);
                RemoteCommits followed = follow.get();
                listeners.committed(commits.placed(followed.with(applied.committed())));
                followed.news().forEach(listeners::tell);
                applied.news().forEach(listeners::tell);
                reopenFailed();
            });
        } finally {
            applied.answers().forEach(Runnable::run);
        }
    }

    /**
     * Reopens failed listeners, however long the database takes: a caller that acts on this commit must not meet a listener that has missed
     * it.
     */
    private void reopenFailed() {
        do {
            try {
                reopening.reopenFailed();
                return;
            } catch (CommitFailure e) {
                retries.tell(e);
            }
        } while (retries.goOn());
    }

    /**
     * Returns the commits of other hosts that the changes of this host depend on, however long the database takes. Listeners receive these
     * first.
     */
    private RemoteCommits follow() {
        do {
            try {
                return commits.follow();
            } catch (CommitFailure e) {
                retries.tell(e);
            }
        } while (retries.goOn());
        return RemoteCommits.NOTHING;
    }
}
