// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.cluster;

import io.jobyard.settings.api.LoopThread;
import io.jobyard.store.api.StoreSignals;
import io.jobyard.store.jpa.commit.CommitterTask;
import io.jobyard.store.jpa.commit.Inbox;
import io.jobyard.store.jpa.sql.OwnConnection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the committer to read the commits of other hosts: at each signal, and periodically. Lost signals only cause a delay. */
final class FollowThread {

    private static final Logger LOG = LoggerFactory.getLogger(FollowThread.class);
    private static final Duration TIMEOUT = Duration.ofMillis(500);

    private final StoreSignals signals;
    private final Inbox inbox;
    private final CommitterTask.CommitStep look;
    private CompletableFuture<Void> looked = CompletableFuture.completedFuture(null);
    private final OwnConnection connection;
    private final LoopThread loop;

    /** @param host number of this host's incarnation */
    FollowThread(DataSource source, StoreSignals signals, int host, Inbox inbox, CommitterTask.CommitStep look) {
        connection = new OwnConnection(source, fresh -> signals.listen(fresh, host));
        this.signals = signals;
        this.inbox = inbox;
        this.look = look;
        loop = new LoopThread(
                "jobyard-store-follower-1", "Cannot read the commits of other hosts", this::round, connection::discard);
    }

    void start() {
        loop.start();
    }

    /** Asks the thread to stop. It stops at the next signal, or at the end of its current wait. */
    void beginStop() {
        loop.beginStop();
    }

    void awaitEnd(Duration timeout) throws InterruptedException {
        loop.stop(timeout);
    }

    private Duration round() throws InterruptedException {
        boolean called = await();
        if (called && !loop.isStopped() && !looked.isDone()) { // the read may have begun before the signalled commit
            looked.completeOnTimeout(null, TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .exceptionally(fault -> null)
                    .join();
        }
        if (!loop.isStopped() && looked.isDone()) {
            looked = new CompletableFuture<>();
            inbox.put(new CommitterTask(look, looked));
        }
        return Duration.ZERO;
    }

    private boolean await() throws InterruptedException {
        try {
            return signals.await(connection.get(), TIMEOUT);
        } catch (SQLException e) {
            LOG.debug("No signals from other hosts", e);
            connection.discard();
            Thread.sleep(TIMEOUT.toMillis());
            return false;
        }
    }
}
