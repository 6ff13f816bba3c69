// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.sql;

import java.sql.JDBCType;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The rows of a statement go to the driver as they come, and to the database at once when they are sent. */
public final class DirectBatch extends StatementBatch implements AutoCloseable {

    private final PreparedStatement statement;
    private int position;
    private int rows;

    public DirectBatch(PreparedStatement statement) {
        this.statement = statement;
    }

    @Override
    void put(JDBCType type, @Nullable Object value) throws SQLException {
        set(statement, ++position, type, value);
    }

    static void set(PreparedStatement statement, int position, JDBCType type, @Nullable Object value)
            throws SQLException {
        switch (type) {
            case VARBINARY -> statement.setBytes(position, (byte[]) value);
            case VARCHAR -> statement.setString(position, (String) value);
            default -> statement.setObject(position, value, type.getVendorTypeNumber());
        }
    }

    @Override
    public void add() throws SQLException {
        statement.addBatch();
        position = 0;
        rows++;
    }

    @Override
    public Answer<int[]> send() throws SQLException {
        int[] counts = rows == 0 ? new int[0] : statement.executeBatch();
        rows = 0;
        return () -> counts;
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
