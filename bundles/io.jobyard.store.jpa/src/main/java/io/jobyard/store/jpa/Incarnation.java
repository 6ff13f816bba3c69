// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * This host from its start to its end.
 *
 * @param id fresh at each start
 * @param host its name and process
 */
record Incarnation(UUID id, String host) {

    private static final String BEGIN = "INSERT INTO incarnation (id, host, started_at, lease_until) VALUES (?,?,?,?)";
    private static final String END = "UPDATE incarnation SET ended_at = ? WHERE id = ?";

    static Incarnation begin(DataSource source, Clock clock, Duration lease) throws SQLException {
        Incarnation self = new Incarnation(
                UUID.randomUUID(), hostName() + ":" + ProcessHandle.current().pid());
        Instant now = clock.instant();
        try (Connection connection = source.getConnection();
                Batch row = new Batch(connection.prepareStatement(BEGIN))) {
            row.uuid(self.id)
                    .text(self.host)
                    .instant(now)
                    .instant(now.plus(lease))
                    .add();
            row.run();
        }
        return self;
    }

    void end(DataSource source, Clock clock) throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(END);
                Batch row = new Batch(statement)) {
            row.instant(clock.instant()).uuid(id).add();
            row.run();
        }
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
