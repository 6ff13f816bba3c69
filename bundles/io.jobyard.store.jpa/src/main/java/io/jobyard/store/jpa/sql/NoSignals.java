// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.sql;

import io.jobyard.store.api.StoreSignals;
import java.sql.Connection;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signals for a database behind a proxy without sessions. Users poll at short intervals instead of waiting for a signal. */
public final class NoSignals implements StoreSignals {

    private static final Logger LOG = LoggerFactory.getLogger(NoSignals.class);
    private static final Duration LONGEST = Duration.ofMillis(100);

    @Override
    public void listen(Connection connection, int host) {
        // empty: the database sends no signals
    }

    @Override
    public boolean await(Connection connection, Duration timeout) {
        try {
            Thread.sleep((timeout.compareTo(LONGEST) < 0 ? timeout : LONGEST).toMillis());
        } catch (InterruptedException e) {
            LOG.debug("Interrupted: the next poll begins at once");
        }
        return false;
    }

    @Override
    public void send(Connection connection, int host) {
        // empty: no host listens
    }
}
