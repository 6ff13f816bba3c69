// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sender that sends the rows of each statement as a batch and waits for the answer. Only for one thread. */
final class SingleStatements implements RowSender {

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    SingleStatements(Connection connection) {
        this.connection = connection;
    }

    @Override
    public int[] send(String sql, List<List<SqlValue>> rows) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        for (List<SqlValue> row : rows) {
            for (int n = 0; n < row.size(); n++) {
                row.get(n).set(statement, n + 1);
            }
            statement.addBatch();
        }
        return statement.executeBatch();
    }

    @Override
    public RowCounts later(String sql, List<List<SqlValue>> rows) throws SQLException {
        int[] counts = send(sql, rows);
        return () -> counts;
    }

    @Override
    public void clear() throws SQLException {
        for (PreparedStatement statement : statements.values()) {
            statement.clearBatch();
        }
    }
}
