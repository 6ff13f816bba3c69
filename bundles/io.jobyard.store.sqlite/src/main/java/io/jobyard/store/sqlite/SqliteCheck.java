// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.StringJoiner;

/**
 * A program of its own, without a framework: checks a database that no other process uses, and prints its id and its number of jobs, one
 * per line. It prints a problem as one line, and exits with code 1.
 */
public final class SqliteCheck {

    private static final String JOBS = "SELECT status, COUNT(*) FROM job GROUP BY status ORDER BY status";

    private SqliteCheck() {}

    /**
     * Runs it.
     *
     * @param arguments the database's folder
     */
    public static void main(String[] arguments) {
        try (Connection connection = SqliteFiles.open(Path.of(arguments[0]).resolve(SqliteFiles.FILE))) {
            SqliteMaintenance.check(connection);
            System.out.println(SqliteFiles.id(connection) + System.lineSeparator() + jobs(connection));
        } catch (SQLException e) {
            System.out.println(SqliteFaults.reason(e));
            System.exit(1);
        }
    }

    private static String jobs(Connection connection) throws SQLException {
        long total = 0;
        StringJoiner parts = new StringJoiner(", ", " (", ")").setEmptyValue("");
        if (SqliteMaintenance.number(connection, "SELECT COUNT(*) FROM sqlite_schema WHERE name = 'job'") > 0) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(JOBS)) {
                while (rows.next()) {
                    total += rows.getLong(2);
                    parts.add(rows.getLong(2) + " " + rows.getString(1));
                }
            }
        }
        return total + (total == 1 ? " job" : " jobs") + parts;
    }
}
