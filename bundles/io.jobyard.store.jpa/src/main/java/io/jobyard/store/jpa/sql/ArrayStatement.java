// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.sql;

import io.jobyard.store.api.MessageDialect;
import java.sql.Array;
import java.sql.Connection;
import java.sql.JDBCType;
import java.sql.SQLException;
import java.util.List;

/** An INSERT or UPDATE of one row, as a statement for many rows: each parameter becomes an array. */
final class ArrayStatement {

    private static final String VALUES = ") VALUES (";
    private static final String WHERE = " WHERE ";

    private ArrayStatement() {}

    static boolean isFor(String sql) {
        return sql.startsWith("UPDATE job SET ") || sql.startsWith("INSERT INTO job (");
    }

    /** An UPDATE returns the position of each row that it has changed. */
    static String sql(MessageDialect dialect, String sql, List<SqlValue> row) {
        List<JDBCType> types = row.stream().map(SqlValue::type).toList();
        String rows = dialect.rows(types);
        String named = named(sql);
        int values = named.indexOf(VALUES);
        if (values >= 0) {
            String selected = named.substring(values + VALUES.length(), named.length() - 1);
            return named.substring(0, values) + ") SELECT " + selected + " FROM " + rows;
        }
        int where = named.indexOf(WHERE);
        return named.substring(0, where) + " FROM " + rows + named.substring(where) + " RETURNING u.n";
    }

    private static String named(String sql) {
        StringBuilder named = new StringBuilder();
        int column = 0;
        for (char one : sql.toCharArray()) {
            if (one == '?') {
                named.append("u.c").append(++column);
            } else {
                named.append(one);
            }
        }
        return named.toString();
    }

    static Array array(Connection connection, MessageDialect dialect, List<List<SqlValue>> rows, int column)
            throws SQLException {
        JDBCType type = rows.get(0).get(column).type();
        Object[] values = type == JDBCType.VARBINARY ? new byte[rows.size()][] : new Object[rows.size()];
        for (int n = 0; n < values.length; n++) {
            values[n] = rows.get(n).get(column).value();
        }
        return connection.createArrayOf(dialect.element(type), values);
    }
}
