// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Maintenance of all tables of the store's schema. */
final class PostgresMaintenance {

    private static final String TABLES =
            "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename";

    private static final String SIZE = "SELECT pg_total_relation_size(CAST(? AS regclass))";

    private PostgresMaintenance() {}

    /** Reads every value, which finds pages with a wrong checksum and values that cannot be decompressed. */
    static int check(Connection connection) throws SQLException {
        List<String> tables = tables(connection);
        for (String table : tables) {
            try {
                execute(connection, "SELECT SUM(LENGTH(CAST(t AS TEXT))) FROM " + table + " t");
            } catch (SQLException e) {
                throw new SQLException(
                        "table " + table + " cannot be read: " + PostgresFaults.reason(e), e.getSQLState(), e);
            }
        }
        return tables.size();
    }

    static void analyze(Connection connection) throws SQLException {
        for (String table : tables(connection)) {
            execute(connection, "ANALYZE " + table);
        }
    }

    static long compact(Connection connection) throws SQLException {
        long given = 0;
        for (String table : tables(connection)) {
            long before = size(connection, table);
            execute(connection, "VACUUM (FULL, ANALYZE) " + table);
            given += Math.max(0, before - size(connection, table));
        }
        return given;
    }

    private static List<String> tables(Connection connection) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(TABLES)) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }

    private static long size(Connection connection, String table) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(SIZE)) {
            query.setString(1, table);
            try (ResultSet rows = query.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
