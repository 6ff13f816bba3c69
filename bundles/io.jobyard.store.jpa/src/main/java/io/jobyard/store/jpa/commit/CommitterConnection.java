// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.commit;

import io.jobyard.api.JobId;
import io.jobyard.api.QuotaException;
import io.jobyard.api.StoreException;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.GroupChangedException;
import io.jobyard.spi.store.JobKey;
import io.jobyard.spi.store.KeyTakenException;
import io.jobyard.store.api.StoreDialect;
import io.jobyard.store.api.StoreFault;
import io.jobyard.store.jpa.commit.Transaction.Applied;
import io.jobyard.store.jpa.feed.RemoteCommits;
import io.jobyard.store.jpa.feed.RemoteFeed;
import io.jobyard.store.jpa.incarnation.FencedException;
import io.jobyard.store.jpa.incarnation.IncarnationFence;
import io.jobyard.store.jpa.rows.EdgeAndKeyTables;
import io.jobyard.store.jpa.sql.Session;
import io.jobyard.store.jpa.sql.StoreHealth;
import io.jobyard.store.jpa.sql.StoreRead;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The committer's transactions, on a connection that stays open. Only for the committer's thread. */
public final class CommitterConnection {

    /**
     * Stored changes, and the commits of other hosts until then.
     *
     * @param followed commits of other hosts; null if they must still be read
     */
    record Stored(Applied applied, @Nullable RemoteCommits followed) {}

    private static final Logger LOG = LoggerFactory.getLogger(CommitterConnection.class);

    private final CommitterSessions sessions;
    private final StoreDialect dialect;
    private final CommitterTables tables;
    private final IncarnationFence fence;
    private final RemoteFeed others;
    private final StoreHealth health;

    /** Creates a connection to a database that keeps a session per connection, or assigns a session per transaction. */
    public CommitterConnection(
            DataSource source,
            StoreDialect dialect,
            CommitterTables tables,
            IncarnationFence fence,
            RemoteFeed others,
            StoreHealth health,
            boolean keepsSessions) {
        sessions = new CommitterSessions(source, dialect, fence, keepsSessions);
        this.others = others;
        this.dialect = dialect;
        this.tables = tables;
        this.fence = fence;
        this.health = health;
    }

    /**
     * Stores all changes or none. The last query of the transaction reads the commits of other hosts, which include everything that the
     * changes depend on.
     */
    Stored commit(List<Change> changes) throws CommitFailure {
        return commit(changes, sessions.isOpen());
    }

    /** @param mayRepeat whether to retry after a lost connection, because it may have been lost long before */
    private Stored commit(List<Change> changes, boolean mayRepeat) throws CommitFailure {
        refuseAtTheEnd();
        Applied sent = null;
        try {
            Session current = sessions.get();
            Applied applied = new Transaction(current, tables).apply(changes);
            if (current.joinsStatements() && !tables.quotas().isAsked()) {
                sent = applied;
                boolean isBehind = others.commit(current);
                tables.committed();
                return new Stored(applied, isBehind ? null : RemoteCommits.NOTHING);
            }
            RemoteCommits followed = others.read(current);
            tables.quotas().requireRoom(applied.committed(), followed);
            sent = applied;
            current.commit();
            tables.committed();
            others.taken();
            return new Stored(applied, followed);
        } catch (SQLException | RuntimeException | Error e) {
            CommitFailure failure = failed(e, sent);
            if (failure.fault() != StoreFault.LOST || !mayRepeat) {
                throw failure;
            }
            return again(changes, failure); // if the database is not available, a new connection reports the reason
        }
    }

    /** Repeats the changes on a new connection, after the previous connection was lost, perhaps long before. */
    private Stored again(List<Change> changes, CommitFailure failure) throws CommitFailure {
        Applied sent = failure.doubtful();
        if (sent != null && !sessions.joinsStatements()) {
            throw failure;
        }
        try {
            if (sent != null && isStored(sent)) {
                return new Stored(sent, null);
            }
        } catch (CommitFailure stillLost) {
            failure.addSuppressed(stillLost);
            throw failure;
        }
        return commit(changes, false);
    }

    /**
     * Returns whether a failed commit was stored: the feed then contains its rows. First waits for the end of a commit that is still
     * running.
     */
    boolean isStored(Applied doubtful) throws CommitFailure {
        return answer(session -> {
            fence.awaitOthers(session);
            boolean isStored = tables.feed().has(session, doubtful.end());
            if (!isStored && session.joinsStatements()) {
                tables.feed().take(session, doubtful.end()); // a message with the commit may still arrive
            }
            return isStored;
        });
    }

    /** Runs a query between two commits. */
    public <T> T ask(StoreRead<T> question) throws CommitFailure {
        return answer(session -> {
            fence.hold(session);
            return question.ask(session);
        });
    }

    private <T> T answer(StoreRead<T> question) throws CommitFailure {
        refuseAtTheEnd();
        try {
            Session current = sessions.get();
            T answer = question.ask(current);
            current.commit();
            tables.committed();
            return answer;
        } catch (SQLException | RuntimeException | Error e) {
            throw failed(e, null);
        }
    }

    /** Reads the commits of other hosts. */
    public RemoteCommits follow() throws CommitFailure {
        RemoteCommits[] followed = {RemoteCommits.NOTHING};
        if (tables.leadership().isShared()) {
            askFollowing(session -> true, session -> true, all -> followed[0] = all);
        }
        return followed[0];
    }

    public CommitterTables tables() {
        return tables;
    }

    /** Returns the changes with their positions in the feed, in the order for listeners. */
    List<Committed> placed(List<Committed> changes) {
        return others.placed(changes);
    }

    /** Runs a query in one snapshot, after the commits of other hosts so far. */
    public <T> T askAtOneMoment(StoreRead<T> question, Consumer<RemoteCommits> before) throws CommitFailure {
        return askFollowing(this::readAtOneMoment, question, before);
    }

    /** Runs a query in one snapshot, between two commits. */
    public <T> T askAtOneMoment(StoreRead<T> question) throws CommitFailure {
        return answer(session -> {
            readAtOneMoment(session);
            return question.ask(session);
        });
    }

    /** Starts a snapshot if other hosts may write. Returns whether they may. */
    private boolean readAtOneMoment(Session session) throws SQLException {
        boolean isShared = tables.leadership().isShared();
        if (isShared) {
            standStill(session);
            dialect.prepareForWholeTables(session.connection());
        }
        return isShared;
    }

    /** Fixes the snapshot of a new transaction at its first query: all later reads see the same state. */
    public static void standStill(Session session) throws SQLException {
        try (Statement statement = session.connection().createStatement()) {
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
        }
    }

    /** Runs two queries in one transaction, and in between reads the commits of other hosts, which are delivered as of that moment. */
    public <T> T askFollowing(StoreRead<?> first, StoreRead<T> then, Consumer<RemoteCommits> between)
            throws CommitFailure {
        RemoteCommits[] followed = {RemoteCommits.NOTHING};
        T answer = answer(session -> {
            first.ask(session);
            followed[0] = others.read(session);
            return then.ask(session);
        });
        others.taken();
        between.accept(followed[0]);
        return answer;
    }

    /** Returns the reason why a single change was rejected. */
    Throwable reason(Change change, CommitFailure failure) {
        Throwable cause = failure.getCause();
        if (cause != null && isRule(cause)) {
            return cause;
        }
        if (failure.fault() == StoreFault.DUPLICATE) {
            try {
                for (StoredJob job : change.jobs()) {
                    JobKey key = JobKey.of(job);
                    JobId holder = key == null
                            ? null
                            : ask(session -> EdgeAndKeyTables.keyHolder(session, key))
                                    .orElse(null);
                    if (key != null && holder != null) {
                        return new KeyTakenException(key.key(), holder);
                    }
                }
                JobKey.refuseTwice(change.jobs());
            } catch (KeyTakenException e) {
                return e;
            } catch (CommitFailure e) {
                failure.addSuppressed(e);
            }
        }
        return new StoreException(failure.getMessage() + "; nothing was stored", failure);
    }

    /** Closes the connection. */
    void close() {
        try {
            sessions.close();
        } catch (SQLException e) {
            LOG.debug("A connection was already gone", e);
        }
    }

    private CommitFailure failed(Throwable cause, @Nullable Applied doubtful) {
        tables.rolledBack();
        StoreFault fault = cause instanceof SQLException told ? dialect.fault(told) : StoreFault.OTHER;
        boolean isRejected = fault == StoreFault.DUPLICATE || isRule(cause);
        boolean wasOpen = isRejected ? sessions.rollBack() : sessions.discard();
        if (cause instanceof SQLException told) {
            if (fault == StoreFault.DAMAGED) {
                health.tell(fault, dialect.reason(told));
            } else if (fault == StoreFault.FENCED) {
                return fenced(FencedException.WHY, cause);
            } else if (fault == StoreFault.LOST && wasOpen) {
                sessions.renew();
            }
            return new CommitFailure(
                    fault, reason(dialect.reason(told)), cause, dialect.isUndone(told) ? null : doubtful);
        } else if (cause instanceof FencedException) {
            return fenced(String.valueOf(cause.getMessage()), cause);
        }
        return new CommitFailure(fault, String.valueOf(cause.getMessage()), cause, doubtful);
    }

    /** Returns whether the store itself has rejected the changes, with a reason for the submitter. */
    private static boolean isRule(Throwable cause) {
        return cause instanceof QuotaException || cause instanceof GroupChangedException;
    }

    private CommitFailure fenced(String why, Throwable cause) {
        health.tell(StoreFault.FENCED, why);
        return new CommitFailure(StoreFault.FENCED, reason(""), cause, null);
    }

    private String reason(String otherwise) {
        String end = health.end();
        return end == null ? otherwise : end;
    }

    /** Rejects transactions once the store has ended: a read may have found damage, or the lease thread a takeover by another host. */
    private void refuseAtTheEnd() throws CommitFailure {
        String why = health.end();
        if (why != null) {
            throw new CommitFailure(StoreFault.DAMAGED, why, null, null);
        }
    }
}
