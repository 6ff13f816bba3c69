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
     * Has signals to a host come in on a connection.
     *
     * @param connection used for nothing else; commits by itself
     * @param host the number of the host's life
     * @throws SQLException if the database refuses it
     */
    void listen(Connection connection, int host) throws SQLException;

    /**
     * Waits for signals.
     *
     * @param connection on which they come in
     * @param timeout how long at most
     * @return whether there was one
     * @throws SQLException if the connection is lost
     */
    boolean await(Connection connection, Duration timeout) throws SQLException;

    /**
     * Sends one.
     *
     * @param connection any; commits by itself
     * @param host the number of the host's life
     * @throws SQLException if it could not be sent
     */
    void send(Connection connection, int host) throws SQLException;
}
