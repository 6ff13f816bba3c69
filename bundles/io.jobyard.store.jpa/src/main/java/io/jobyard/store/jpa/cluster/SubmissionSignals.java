// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.cluster;

import io.jobyard.store.api.StoreSignals;
import io.jobyard.store.jpa.sql.OwnConnection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receiver of signals that the database function {@code submit} sends, on its own connection. One thread may wait, and another thread may
 * close the receiver.
 */
public final class SubmissionSignals {

    private static final Logger LOG = LoggerFactory.getLogger(SubmissionSignals.class);
    /** Number of no host, because the SQL function does not know the hosts. */
    private static final int NUMBER = 0;

    private final StoreSignals signals;
    private final boolean areSent;
    private final OwnConnection connection;

    /** Creates the receiver. If the database cannot send signals, each wait counts as if a signal had arrived. */
    public SubmissionSignals(DataSource source, StoreSignals signals, boolean areSent) {
        this.areSent = areSent;
        this.signals = signals;
        connection = new OwnConnection(source, fresh -> signals.listen(fresh, NUMBER));
    }

    /** Waits for a signal. Returns false if none arrives within this time. */
    public boolean await(Duration atMost) throws InterruptedException {
        long begun = System.nanoTime();
        try {
            return signals.await(connection.get(), atMost) || !areSent;
        } catch (SQLException e) {
            LOG.debug("No signals of submissions", e);
            close();
            Thread.sleep(
                    Math.max(0, atMost.minusNanos(System.nanoTime() - begun).toMillis()));
            return true;
        }
    }

    public void close() {
        connection.discard();
    }
}
