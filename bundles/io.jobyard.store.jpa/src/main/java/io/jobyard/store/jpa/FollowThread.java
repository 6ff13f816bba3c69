// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.store.api.StoreSignals;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the committer look for what other hosts have committed: at a signal, and from time to time. Nothing rests on
 * signals.
 */
final class FollowThread {

    private static final Logger LOG = LoggerFactory.getLogger(FollowThread.class);
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final StoreSignals signals;
    private final Inbox inbox;
    private final BetweenCommits.Step look;
    private final Thread thread = new Thread(this::run, "jobyard-store-follower-1");
    private CompletableFuture<Void> looked = CompletableFuture.completedFuture(null);
    private final OwnConnection connection;
    private volatile boolean stopped;

    /** Of the life of that number. */
    FollowThread(DataSource source, StoreSignals signals, int host, Inbox inbox, BetweenCommits.Step look) {
        connection = new OwnConnection(source, fresh -> signals.listen(fresh, host));
        this.signals = signals;
        this.inbox = inbox;
        this.look = look;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** It ends at the next signal, or when it has waited for one long enough. */
    void beginStop() {
        stopped = true;
    }

    void awaitEnd(Duration patience) throws InterruptedException {
        thread.join(patience.toMillis());
    }

    private void run() {
        while (!stopped) {
            boolean called = await();
            if (called && !stopped && !looked.isDone()) { // that look may have been too early
                looked.completeOnTimeout(null, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                        .exceptionally(fault -> null)
                        .join();
            }
            if (!stopped && looked.isDone()) {
                looked = new CompletableFuture<>();
                inbox.put(new BetweenCommits(look, looked));
            }
        }
        connection.discard();
    }

    private boolean await() {
        try {
            return signals.await(connection.get(), PATIENCE);
        } catch (SQLException e) {
            LOG.debug("No signals from other hosts", e);
            connection.discard();
            pause();
            return false;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            LOG.debug("Interrupted: the next look comes at once");
        }
    }
}
