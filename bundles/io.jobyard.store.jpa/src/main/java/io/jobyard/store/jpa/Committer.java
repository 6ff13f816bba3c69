// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.StoreException;
import io.jobyard.store.api.StoreFault;
import io.jobyard.store.jpa.Transaction.Applied;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes: takes what arrived while the last commit ran, stores it in one transaction, tells the
 * listeners, and completes the futures. A change that cannot be stored is found by halves and fails alone.
 */
final class Committer {

    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);
    private static final int BATCH = 64;
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Inbox inbox;
    private final Commits commits;
    private final Fresh fresh;
    private final Listeners listeners;
    private final Thread thread = new Thread(this::run, "jobyard-committer-1");
    /** Why the database takes nothing at present. A full disk takes connections along, and stays the reason. */
    private @Nullable CommitFailure outage;

    Committer(Inbox inbox, Commits commits, Fresh fresh, Listeners listeners) {
        this.inbox = inbox;
        this.commits = commits;
        this.fresh = fresh;
        this.listeners = listeners;
    }

    void start() {
        thread.start();
    }

    /** Stores what has arrived and takes nothing more; false if it is still at it after that time. */
    boolean stop(Duration patience) throws InterruptedException {
        inbox.close();
        thread.join(patience.toMillis());
        return !thread.isAlive();
    }

    private void run() {
        for (List<Change> batch = inbox.take(BATCH); !batch.isEmpty(); batch = inbox.take(BATCH)) {
            try {
                commit(batch);
            } catch (RuntimeException | LinkageError e) {
                LOG.error("The committer failed and goes on", e);
                fail(batch, new StoreException("the store failed on this change: " + e, e));
            }
        }
        commits.close();
    }

    private void commit(List<Change> batch) {
        if (batch.get(0) instanceof Change.Between between) {
            between.task().run();
            between.future().complete(null);
            return;
        }
        List<Change> left = batch;
        while (!left.isEmpty()) {
            try {
                publish(commits.commit(left));
                outage = null;
                return;
            } catch (CommitFailure e) {
                left = after(left, e);
            }
        }
    }

    /** What to try again. */
    private List<Change> after(List<Change> batch, CommitFailure failure) {
        CommitFailure known = outage;
        CommitFailure why = known != null && failure.fault() == StoreFault.LOST ? known : failure;
        if (failure.doubtful() != null && wasStored(failure.doubtful(), why)) {
            publish(failure.doubtful());
            return List.of();
        }
        if (failure.fault() == StoreFault.CONFLICT) {
            return batch;
        }
        if (failure.fault() == StoreFault.LOST || failure.fault() == StoreFault.FULL) {
            outage = why;
            return hold(batch, why);
        }
        if (batch.get(0) instanceof Change.Moving moving && batch.size() == 1 && moving.rule() != null) {
            return List.of(moving.alone()); // an outcome is not to be lost for a dependent that cannot be stored
        }
        if (batch.size() == 1) {
            fail(batch, commits.reason(batch.get(0), failure));
        } else {
            int half = batch.size() / 2;
            commit(batch.subList(0, half));
            commit(batch.subList(half, batch.size()));
        }
        return List.of();
    }

    /** Settles a commit whose answer was lost by reading, as soon as the database answers. */
    private boolean wasStored(Applied doubtful, CommitFailure why) {
        do {
            try {
                return commits.isStored(doubtful);
            } catch (CommitFailure e) {
                LOG.warn("{}; whether the last commit was made is found out when it does", e.getMessage());
                fail(inbox.takeAdmissions(), refusal(why)); // who submits is not to hang meanwhile
            }
        } while (inbox.pause(PAUSE));
        return false;
    }

    /** Outcomes are kept until the database takes them; who submits is told. */
    private List<Change> hold(List<Change> batch, CommitFailure failure) {
        LOG.warn("{}; outcomes are kept and tried again", failure.getMessage());
        StoreException reason = refusal(failure);
        fail(inbox.takeAdmissions(), reason); // before those are told who may submit anew
        fail(batch.stream().filter(Change.Admission.class::isInstance).toList(), reason);
        List<Change> kept = batch.stream()
                .filter(change -> !(change instanceof Change.Admission))
                .toList();
        if (inbox.pause(PAUSE)) {
            return kept;
        }
        fail(kept, reason);
        return List.of();
    }

    private static StoreException refusal(CommitFailure failure) {
        return new StoreException(failure.getMessage() + "; nothing was stored", failure.getCause());
    }

    private void publish(Applied applied) {
        fresh.committed(applied.committed(), applied.payloads());
        listeners.committed(applied.committed());
        for (Change change : applied.changes()) {
            if (change instanceof Change.Moving moving) {
                moving.future().complete(!applied.lost().contains(change));
            } else {
                change.future().complete(null);
            }
        }
    }

    private static void fail(List<Change> changes, Throwable reason) {
        changes.stream()
                .map(Change::future)
                .forEach((CompletableFuture<?> future) -> future.completeExceptionally(reason));
    }
}
