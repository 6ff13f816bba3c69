// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.JobId;
import io.jobyard.api.StoreException;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.JobRemoval;
import io.jobyard.store.api.SqlDialect;
import io.jobyard.store.jpa.commit.CommitFailure;
import io.jobyard.store.jpa.commit.CommitListeners;
import io.jobyard.store.jpa.commit.CommitterConnection;
import io.jobyard.store.jpa.commit.CommitterTables;
import io.jobyard.store.jpa.commit.CommitterTask;
import io.jobyard.store.jpa.commit.Inbox;
import io.jobyard.store.jpa.commit.RemovalRows;
import io.jobyard.store.jpa.feed.FeedTable;
import io.jobyard.store.jpa.incarnation.Leadership;
import io.jobyard.store.jpa.rows.NeededDependencies;
import io.jobyard.store.jpa.sql.Ids;
import io.jobyard.store.jpa.sql.ReadPool;
import io.jobyard.store.jpa.sql.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Removes finished jobs between two commits, in separate transactions. */
final class JpaJobRemoval implements JobRemoval {

    private static final int PAGE = 1_000;
    private static final String HOLD = "SELECT id FROM job WHERE id IN (?) ORDER BY id FOR UPDATE";

    private final Inbox inbox;
    private final CommitterConnection commits;
    private final ReadPool readers;
    private final CommitListeners listeners;
    private final NeededDependencies needed;
    private final CommitterTables tables;
    private final FeedTable feed;
    private final Leadership leadership;

    private JpaJobRemoval(
            Inbox inbox,
            CommitterConnection commits,
            ReadPool readers,
            CommitListeners listeners,
            CommitterTables tables) {
        this.inbox = inbox;
        this.commits = commits;
        this.readers = readers;
        this.listeners = listeners;
        needed = tables.jobs().needed();
        this.tables = tables;
        feed = tables.feed();
        leadership = tables.leadership();
    }

    /** Begins a removal. From now on, the committer reports dependencies that the rows do not contain yet. */
    static JpaJobRemoval begin(
            Inbox inbox,
            CommitterConnection commits,
            ReadPool readers,
            CommitListeners listeners,
            CommitterTables tables,
            SqlDialect dialect) {
        NeededDependencies needed = tables.jobs().needed();
        JpaJobRemoval removal = new JpaJobRemoval(inbox, commits, readers, listeners, tables);
        CompletableFuture<Boolean> free = new CompletableFuture<>();
        CompletableFuture<Void> asked = removal.between(() -> free.complete(needed.begin()));
        if (!answer(asked.thenCompose(done -> free))) {
            throw new StoreException("another removal of jobs is running; try again when it has finished", null);
        }
        try {
            Optional<JobId> last = Optional.empty();
            do {
                JobId after = last.orElse(null);
                last = readers.ask(session -> RemovalRows.unfinished(session, dialect, after, PAGE, needed));
            } while (last.isPresent());
        } catch (RuntimeException e) {
            removal.close();
            throw e;
        }
        return removal;
    }

    private static boolean answer(CompletableFuture<Boolean> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            throw new StoreException("no jobs were removed: " + cause.getMessage(), cause);
        }
    }

    private CompletableFuture<Void> between(CommitterTask.CommitStep step) {
        CompletableFuture<Void> future = new CompletableFuture<>();
        inbox.put(new CommitterTask(step, future));
        return future;
    }

    @Override
    public List<StoredJob> removable(Collection<StoredJob> jobs) {
        return readers.ask(session -> RemovalRows.removable(session, jobs, needed));
    }

    @Override
    public CompletableFuture<List<StoredJob>> remove(Collection<StoredJob> jobs) {
        List<StoredJob> asked = List.copyOf(jobs);
        List<StoredJob> gone = new ArrayList<>();
        Set<JobId> sent = new HashSet<>();
        return between(() -> {
                    gone.addAll(take(asked, sent));
                    listeners.removed(gone);
                })
                .thenApply(done -> List.copyOf(gone));
    }

    /**
     * Returns the removed jobs. If the answer to an earlier commit was lost, that commit has removed the jobs that it contained and that no
     * longer exist.
     */
    private List<StoredJob> take(List<StoredJob> asked, Set<JobId> sent) throws CommitFailure {
        return commits.askFollowing(
                session -> hold(session, asked),
                session -> {
                    if (!leadership.hold(session)) {
                        return List.of();
                    }
                    Set<JobId> there = sent.isEmpty() ? Set.of() : RemovalRows.existing(session, sent);
                    List<StoredJob> gone = new ArrayList<>(asked);
                    gone.removeIf(job -> !sent.contains(job.id()) || there.contains(job.id()));
                    List<StoredJob> now = RemovalRows.remove(session, asked, tables);
                    now.forEach(job -> sent.add(job.id()));
                    gone.addAll(now);
                    if (leadership.isShared() || !now.isEmpty()) {
                        feed.removed(session, now);
                        feed.run(session);
                    }
                    return gone;
                },
                followed -> listeners.followed(followed, commits));
    }

    /** Locks the jobs, so that no other host adds a dependency on them. The next read contains all dependencies that were added before. */
    private boolean hold(Session session, List<StoredJob> jobs) throws SQLException {
        boolean isShared = leadership.isShared();
        if (isShared) {
            session.in(HOLD, new TreeSet<>(jobs.stream().map(StoredJob::id).toList()), Ids::first);
        }
        return isShared;
    }

    @Override
    public void close() {
        inbox.put(new CommitterTask(needed::end, new CompletableFuture<>()));
    }
}
