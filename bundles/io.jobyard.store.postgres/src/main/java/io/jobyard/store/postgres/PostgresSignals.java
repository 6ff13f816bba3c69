// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.postgres;

import io.jobyard.store.api.StoreSignals;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.postgresql.PGConnection;

/**
 * Signals with NOTIFY, on a channel for each host of a schema. They are never sent within a transaction of the store, because such
 * transactions would wait for each other.
 */
final class PostgresSignals implements StoreSignals {

    private static final String CHANNEL =
            "SELECT 'jobyard_' || CAST(to_regnamespace(current_schema()) AS oid) || '_' || ?";
    /**
     * Disables the synchronous commit. A signal may be lost, and a synchronous commit would take as long as the change that it announces.
     */
    private static final String SEND = "SELECT set_config('synchronous_commit', 'off', true),"
            + " pg_notify('jobyard_' || CAST(to_regnamespace(current_schema()) AS oid) || '_' || ?, '')";

    @Override
    public void listen(Connection connection, int host) throws SQLException {
        String channel;
        try (PreparedStatement query = connection.prepareStatement(CHANNEL)) {
            query.setString(1, String.valueOf(host));
            try (var rows = query.executeQuery()) {
                rows.next();
                channel = rows.getString(1);
            }
        }
        try (Statement listen = connection.createStatement()) {
            listen.execute("LISTEN " + channel);
        }
    }

    @Override
    public boolean await(Connection connection, Duration timeout) throws SQLException {
        return connection.unwrap(PGConnection.class).getNotifications((int) Math.max(1, timeout.toMillis())).length > 0;
    }

    @Override
    public void send(Connection connection, int host) throws SQLException {
        try (PreparedStatement send = connection.prepareStatement(SEND)) {
            send.setString(1, String.valueOf(host));
            send.execute();
        }
    }
}
