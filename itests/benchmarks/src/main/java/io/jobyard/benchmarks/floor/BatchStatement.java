// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks.floor;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A statement that takes rows and sends them together. */
final class BatchStatement implements AutoCloseable {

    private final PreparedStatement statement;
    private final int[] types;
    private int rows;

    BatchStatement(PreparedStatement statement) throws SQLException {
        this.statement = statement;
        types = new int[statement.getParameterMetaData().getParameterCount()];
        for (int i = 0; i < types.length; i++) {
            types[i] = statement.getParameterMetaData().getParameterType(i + 1);
        }
    }

    void row(@Nullable Object... values) throws SQLException {
        for (int i = 0; i < types.length; i++) {
            Object value = values[i];
            if (value == null) {
                statement.setNull(i + 1, types[i]);
            } else if (value instanceof String string) {
                statement.setString(i + 1, string);
            } else if (value instanceof byte[] bytes) {
                statement.setBytes(i + 1, bytes);
            } else {
                statement.setObject(i + 1, value);
            }
        }
        statement.addBatch();
        rows++;
    }

    /** Each row must have met its row of the table, or what is measured is not what the host does. */
    void send() throws SQLException {
        if (rows > 0 && Arrays.stream(statement.executeBatch()).sum() != rows) {
            throw new SQLException("of " + rows + " rows some changed nothing");
        }
        rows = 0;
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
