// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.sql;

import io.jobyard.store.api.MessageDialect;
import java.sql.Array;
import java.sql.Connection;
import java.sql.JDBCType;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * An INSERT for many rows, with an array for each column. There is no UPDATE in this form: it would be a join, whose plan depends on the
 * number of rows that the database assumes.
 */
final class ArrayInsert {

    private static final String VALUES = ") VALUES (?";

    private ArrayInsert() {}

    static boolean isFor(String sql) {
        return sql.startsWith("INSERT INTO job (") && sql.contains(VALUES);
    }

    /** Returns the statement, with one parameter per column. */
    static String sql(MessageDialect dialect, String sql, List<SqlValue> row) {
        List<JDBCType> types = row.stream().map(SqlValue::type).toList();
        List<String> columns = new ArrayList<>();
        for (int column = 1; column <= types.size(); column++) {
            columns.add("u.c" + column);
        }
        return sql.substring(0, sql.indexOf(VALUES)) + ") SELECT " + String.join(", ", columns) + " FROM "
                + dialect.rows(types);
    }

    static List<Array> arrays(Connection connection, MessageDialect dialect, List<List<SqlValue>> rows)
            throws SQLException {
        List<Array> arrays = new ArrayList<>();
        for (int column = 0; column < rows.get(0).size(); column++) {
            JDBCType type = rows.get(0).get(column).type();
            Object[] values = type == JDBCType.VARBINARY ? new byte[rows.size()][] : new Object[rows.size()];
            for (int n = 0; n < values.length; n++) {
                values[n] = rows.get(n).get(column).value();
            }
            arrays.add(connection.createArrayOf(dialect.element(type), values));
        }
        return arrays;
    }
}
