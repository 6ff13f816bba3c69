// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.sql;

import io.jobyard.api.JobId;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Fills the parameters of a statement from left to right, for one row after the other. */
public final class StatementBatch implements AutoCloseable {

    private final PreparedStatement statement;
    private int position;
    private int rows;

    public StatementBatch(PreparedStatement statement) {
        this.statement = statement;
    }

    public StatementBatch id(JobId id) throws SQLException {
        return uuid(id.value());
    }

    public StatementBatch uuid(@Nullable UUID id) throws SQLException {
        return bytes(id == null ? null : Ids.bytes(id));
    }

    public StatementBatch bytes(byte @Nullable [] value) throws SQLException {
        statement.setBytes(++position, value);
        return this;
    }

    public StatementBatch text(@Nullable String value) throws SQLException {
        statement.setString(++position, value == null ? null : storable(value));
        return this;
    }

    /** Some databases reject a text with U+0000; messages for people do not contain it. */
    public static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }

    public StatementBatch number(int value) throws SQLException {
        statement.setInt(++position, value);
        return this;
    }

    public StatementBatch number(@Nullable Integer value) throws SQLException {
        statement.setObject(++position, value, Types.INTEGER);
        return this;
    }

    public StatementBatch number(long value) throws SQLException {
        statement.setLong(++position, value);
        return this;
    }

    public StatementBatch number(double value) throws SQLException {
        statement.setDouble(++position, value);
        return this;
    }

    public StatementBatch amount(@Nullable Double value) throws SQLException {
        statement.setObject(++position, value, Types.DOUBLE);
        return this;
    }

    public StatementBatch truth(boolean value) throws SQLException {
        statement.setBoolean(++position, value);
        return this;
    }

    public StatementBatch instant(@Nullable Instant value) throws SQLException {
        statement.setObject(++position, value == null ? null : Utc.micros(value), Types.BIGINT);
        return this;
    }

    /** The row is complete. */
    public void add() throws SQLException {
        statement.addBatch();
        position = 0;
        rows++;
    }

    /** Sends the rows; how many rows of the table each has changed. */
    public int[] run() throws SQLException {
        if (rows == 0) {
            return new int[0];
        }
        rows = 0;
        return statement.executeBatch();
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
