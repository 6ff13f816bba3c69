// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.index;

import io.jobyard.api.StoreException;
import io.jobyard.settings.api.LoopThread;
import io.jobyard.store.api.StoreDialect;
import io.jobyard.store.jpa.feed.FeedEnd;
import io.jobyard.store.jpa.incarnation.IncarnationFence;
import io.jobyard.store.jpa.incarnation.Leadership;
import io.jobyard.store.jpa.sql.OwnConnection;
import io.jobyard.store.jpa.sql.Session;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Thread that updates the search index from the feed: once per second, and when a search requests it. With several hosts, only the leader
 * does this. The index and its position are stored in one transaction, so a kill loses nothing.
 */
public final class IndexThread {

    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** Pause after adding older jobs, as a multiple of the time that it took. */
    private static final int RESTS = 3;

    private final OwnConnection connection;
    private final StoreDialect dialect;
    private final IndexRounds rounds;
    private final Supplier<FeedEnd> known;
    private final Leadership leadership;
    private final LoopThread loop;
    private @Nullable Session session;
    private @Nullable FeedEnd readTo;
    private boolean isWanted;
    /** Whether a caller waits for the current round. */
    private boolean isAwaited;
    /** Whether blocks may remain to be read early. */
    private boolean hasEarly = true;

    private long begun;
    private long done;

    /**
     * Creates the thread. The supplier returns the end of the feed, as far as this host knows.
     *
     * @param known returns the end of the feed, as far as this host knows
     */
    public IndexThread(
            DataSource source,
            StoreDialect dialect,
            IndexRounds rounds,
            Supplier<FeedEnd> known,
            Leadership leadership,
            IncarnationFence fence) {
        connection = new OwnConnection(source, fresh -> {
            // the connection locks the row of the election: if it hangs, the other hosts must be able to elect a new
            // leader
            fence.begin(new Session(fresh));
            fresh.setAutoCommit(false);
        });
        loop = new LoopThread(
                "jobyard-store-index-1", "Cannot update the search index", this::attempt, connection::discard);
        this.dialect = dialect;
        this.rounds = rounds;
        this.known = known;
        this.leadership = leadership;
    }

    public void start() {
        loop.start();
    }

    public void stop(Duration timeout) {
        loop.beginStop();
        synchronized (this) {
            notifyAll();
        }
        loop.awaitEnd(timeout);
        connection.discard();
    }

    /** Waits until the index contains all current commits, or until the timeout. Returns at once if another host maintains the index. */
    public void catchUp(Duration timeout) {
        if (!loop.isAlive() || !leadership.isMine()) {
            return;
        }
        long end = System.nanoTime() + timeout.toNanos();
        synchronized (this) {
            long wanted = begun + 1;
            isWanted = true;
            loop.wake();
            try {
                for (long rest = timeout.toNanos(); done < wanted && rest > 0 && !loop.isStopped(); ) {
                    TimeUnit.NANOSECONDS.timedWait(this, rest);
                    rest = end - System.nanoTime();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Duration attempt() {
        synchronized (this) {
            isAwaited = isWanted;
            isWanted = false;
            begun++;
        }
        long began = System.nanoTime();
        try {
            boolean fills = leadership.isMine() ? round() : forget();
            long rest = RESTS * (System.nanoTime() - began);
            return fills && rest < PAUSE.toNanos() ? Duration.ofNanos(rest) : PAUSE;
        } catch (SQLException e) {
            discard();
            throw new StoreException(dialect.reason(e), e);
        } catch (RuntimeException | Error e) {
            discard();
            throw e;
        } finally {
            synchronized (this) {
                done = begun;
                notifyAll();
            }
        }
    }

    /** Runs a round. Returns whether older jobs or early reads remain. */
    private boolean round() throws SQLException {
        FeedEnd end = known.get();
        // recent commits of other hosts may be stored that this host does not know yet; a waiting search needs them too
        boolean isRead = end.equals(readTo) && !(isAwaited && leadership.isShared());
        if (isRead && !hasEarly) {
            return false;
        }
        Session current = session;
        if (current == null) {
            current = new Session(connection.get());
            session = current;
        }
        boolean fills = !isRead && rounds.follow(current) && rounds.fill(current);
        readTo = fills ? null : end;
        if (!fills && hasEarly && !isAwaited) {
            hasEarly = rounds.readEarly(current);
        }
        return fills || hasEarly;
    }

    private boolean forget() {
        rounds.forget();
        readTo = null;
        hasEarly = true;
        return false;
    }

    private void discard() {
        forget();
        session = null;
        connection.discard();
    }
}
