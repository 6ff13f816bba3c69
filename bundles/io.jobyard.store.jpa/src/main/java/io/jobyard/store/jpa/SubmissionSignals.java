// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.store.api.StoreSignals;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for what the database's function {@code submit} signals, on a connection of its own. For one thread, and one that closes. */
final class SubmissionSignals {

    private static final Logger LOG = LoggerFactory.getLogger(SubmissionSignals.class);
    /** Which is no host's: the function knows none. */
    private static final int NUMBER = 0;

    private final DataSource source;
    private final StoreSignals signals;
    private volatile @Nullable Connection connection;

    SubmissionSignals(DataSource source, StoreSignals signals) {
        this.source = source;
        this.signals = signals;
    }

    /** Until there is a signal, and not for longer than that. */
    void await(Duration atMost) throws InterruptedException {
        long begun = System.nanoTime();
        try {
            signals.await(connection(), atMost);
        } catch (SQLException e) {
            LOG.debug("No signals of submissions", e);
            close();
            Thread.sleep(
                    Math.max(0, atMost.minusNanos(System.nanoTime() - begun).toMillis()));
        }
    }

    private Connection connection() throws SQLException {
        Connection current = connection;
        if (current == null) {
            current = source.getConnection();
            connection = current;
            signals.listen(current, NUMBER);
        }
        return current;
    }

    void close() {
        Connection old = connection;
        connection = null;
        if (old != null) {
            try {
                old.abort(Runnable::run);
            } catch (SQLException e) {
                LOG.debug("A connection was already gone", e);
            }
        }
    }
}
