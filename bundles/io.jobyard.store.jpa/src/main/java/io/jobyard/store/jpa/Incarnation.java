// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
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
 * @param number counts the incarnations of all hosts on the database, from 1
 */
record Incarnation(UUID id, String host, int number) {

    private static final String BEGIN =
            "INSERT INTO incarnation (id, host, started_at, lease_until, number)" + " VALUES (?,?,?,?,?)";
    private static final String LAST = "SELECT MAX(number) FROM incarnation";
    private static final String END = "UPDATE incarnation SET ended_at = ? WHERE id = ?";

    static Incarnation begin(DataSource source, Clock clock, Duration lease) throws SQLException {
        Instant now = clock.instant();
        try (Connection connection = source.getConnection();
                Batch row = new Batch(connection.prepareStatement(BEGIN))) {
            Incarnation self = new Incarnation(
                    UUID.randomUUID(),
                    hostName() + ":" + ProcessHandle.current().pid(),
                    last(connection) + 1);
            row.uuid(self.id)
                    .text(self.host)
                    .instant(now)
                    .instant(now.plus(lease))
                    .number(self.number)
                    .add();
            row.run();
            return self;
        }
    }

    private static int last(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(LAST);
                ResultSet row = query.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
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
