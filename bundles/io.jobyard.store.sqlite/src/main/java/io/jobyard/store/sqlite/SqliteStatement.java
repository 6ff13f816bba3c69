// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.sqlite.SQLiteConnection;
import org.sqlite.jdbc4.JDBC4Statement;

/** Statement without parameters, in the syntax of the store. */
final class SqliteStatement extends JDBC4Statement {

    SqliteStatement(SQLiteConnection connection) {
        super(connection);
    }

    @Override
    public boolean execute(String sql) throws SQLException {
        return super.execute(StandardSql.translated(sql));
    }

    @Override
    public ResultSet executeQuery(String sql) throws SQLException {
        return super.executeQuery(StandardSql.translated(sql));
    }
}
