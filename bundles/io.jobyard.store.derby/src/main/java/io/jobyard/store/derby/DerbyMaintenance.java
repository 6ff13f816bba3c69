// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.derby;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Maintenance with Derby's procedures for whole databases. */
final class DerbyMaintenance {

    private static final String SIZE = "SELECT SUM((NUMALLOCATEDPAGES + NUMFREEPAGES) * CAST(PAGESIZE AS BIGINT))"
            + " FROM TABLE (SYSCS_DIAG.SPACE_TABLE(CAST(? AS VARCHAR(128)), CAST(? AS VARCHAR(128)))) AS T";

    private static final String CHECK =
            "VALUES SYSCS_UTIL.SYSCS_CHECK_TABLE(CAST(? AS VARCHAR(128)), CAST(? AS VARCHAR(128)))";

    private DerbyMaintenance() {}

    static void call(Connection connection, String procedure, String... texts) throws SQLException {
        try (PreparedStatement call = connection.prepareCall(procedure)) {
            for (int n = 0; n < texts.length; n++) {
                call.setString(n + 1, texts[n]);
            }
            call.execute();
        }
    }

    static int check(Connection connection) throws SQLException {
        List<String> tables = tables(connection);
        for (String table : tables) {
            try (PreparedStatement check = connection.prepareStatement(CHECK)) {
                check.setString(1, schema(connection));
                check.setString(2, table);
                check.executeQuery().next(); // the procedure is done when its answer has been read
            } catch (SQLException e) {
                throw new SQLException("table " + table + " cannot be read: " + e.getMessage(), e.getSQLState(), e);
            }
        }
        return tables.size();
    }

    /** Opens a database that no other process uses, checks it and closes it. */
    static void checkCopy(Path database) throws SQLException {
        try (Connection connection = DatabaseSession.of(database).getConnection()) {
            check(connection);
        } catch (SQLException e) {
            try {
                DatabaseSession.close(DatabaseSession.of(database));
            } catch (SQLException alsoBroken) {
                e.addSuppressed(alsoBroken); // Derby itself has shut down a damaged database
            }
            throw e;
        }
        DatabaseSession.close(DatabaseSession.of(database));
    }

    static void analyze(Connection connection) throws SQLException {
        for (String table : tables(connection)) {
            call(connection, "CALL SYSCS_UTIL.SYSCS_UPDATE_STATISTICS(?, ?, NULL)", schema(connection), table);
        }
    }

    static long compact(Connection connection) throws SQLException {
        long given = 0;
        for (String table : tables(connection)) {
            long before = size(connection, table);
            call(
                    connection,
                    "CALL SYSCS_UTIL.SYSCS_COMPRESS_TABLE(?, ?, CAST(1 AS SMALLINT))",
                    schema(connection),
                    table);
            given += Math.max(0, before - size(connection, table)); // a table without free space may grow
        }
        return given;
    }

    private static List<String> tables(Connection connection) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet rows =
                connection.getMetaData().getTables(null, schema(connection), "%", new String[] {"TABLE"})) {
            while (rows.next()) {
                tables.add(rows.getString("TABLE_NAME"));
            }
        }
        return tables;
    }

    private static long size(Connection connection, String table) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(SIZE)) {
            query.setString(1, schema(connection));
            query.setString(2, table);
            try (ResultSet rows = query.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private static String schema(Connection connection) throws SQLException {
        return Objects.requireNonNullElse(connection.getSchema(), "APP");
    }
}
