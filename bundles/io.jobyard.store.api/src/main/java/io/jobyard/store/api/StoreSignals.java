// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.api;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Signals between hosts that share a database. A signal may be lost, so a host that waits for one also checks at intervals. Each connection
 * is for one thread.
 */
@ConsumerType
public interface StoreSignals {

    /**
     * Receives signals to a host on a connection.
     *
     * @param connection used only for this; in autocommit mode
     * @param host the number of the host's incarnation
     * @throws SQLException if the database refuses the request
     */
    void listen(Connection connection, int host) throws SQLException;

    /**
     * Waits for a signal.
     *
     * @param connection the connection that receives the signals
     * @param timeout the maximum time to wait
     * @return whether a signal arrived
     * @throws SQLException if the connection is lost
     */
    boolean await(Connection connection, Duration timeout) throws SQLException;

    /**
     * Sends a signal.
     *
     * @param connection any connection in autocommit mode
     * @param host the number of the host's incarnation
     * @throws SQLException if the signal could not be sent
     */
    void send(Connection connection, int host) throws SQLException;
}
