// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.derby;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.StringJoiner;
import org.apache.derby.jdbc.EmbeddedDriver;

/**
 * Program that checks a database which no other process uses, without an OSGi framework. Prints its ID and its number of jobs, one per
 * line. A database without an ID gets one. The program prints a problem as one line, and exits with code 1.
 */
public final class Check {

    private static final String JOBS = "SELECT status, COUNT(*) FROM job GROUP BY status ORDER BY status";
    private static final String NO_SUCH_TABLE = "42X05";

    private Check() {}

    /**
     * Runs the check.
     *
     * @param arguments folder of the database
     */
    public static void main(String[] arguments) {
        new EmbeddedDriver(); // loads the engine, which sets its own messages
        TerseMessages messages = new TerseMessages();
        messages.use();
        try {
            System.out.println(of(Path.of(arguments[0])));
        } catch (SQLException e) {
            System.out.println(ErrorLine.of(e, messages));
            System.exit(1);
        }
    }

    private static String of(Path folder) throws SQLException {
        String id = DatabaseSession.id(folder);
        String jobs;
        try (Connection connection = DatabaseSession.of(folder).getConnection()) {
            DerbyMaintenance.check(connection);
            jobs = jobs(connection);
        }
        DatabaseSession.close(DatabaseSession.of(folder));
        return id + System.lineSeparator() + jobs;
    }

    private static String jobs(Connection connection) throws SQLException {
        long total = 0;
        StringJoiner parts = new StringJoiner(", ", " (", ")").setEmptyValue("");
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(JOBS)) {
            while (rows.next()) {
                total += rows.getLong(2);
                parts.add(rows.getLong(2) + " " + rows.getString(1));
            }
        } catch (SQLException e) {
            if (!NO_SUCH_TABLE.equals(e.getSQLState())) {
                throw e;
            }
        }
        return total + (total == 1 ? " job" : " jobs") + parts;
    }
}
