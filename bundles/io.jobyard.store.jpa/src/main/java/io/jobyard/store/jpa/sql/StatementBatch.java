// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.sql;

import io.jobyard.api.JobId;
import java.sql.JDBCType;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Fills the parameters of a statement from left to right, for one row after the other. */
public abstract class StatementBatch {

    StatementBatch() {}

    /** The next parameter of the row. */
    abstract void put(JDBCType type, @Nullable Object value) throws SQLException;

    /** The row is complete. */
    public abstract void add() throws SQLException;

    /** Sends the rows before the next question or the commit, at the latest. The answer: how many rows of the table each has changed. */
    public abstract Answer<int[]> send() throws SQLException;

    /** Sends the rows; how many rows of the table each has changed. */
    public final int[] run() throws SQLException {
        return send().get();
    }

    public StatementBatch id(JobId id) throws SQLException {
        return uuid(id.value());
    }

    public StatementBatch uuid(@Nullable UUID id) throws SQLException {
        return bytes(id == null ? null : Ids.bytes(id));
    }

    public StatementBatch bytes(byte @Nullable [] value) throws SQLException {
        return with(JDBCType.VARBINARY, value);
    }

    public StatementBatch text(@Nullable String value) throws SQLException {
        return with(JDBCType.VARCHAR, value == null ? null : storable(value));
    }

    /** Some databases refuse a text with U+0000; what is told to people has none anyway. */
    public static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }

    public StatementBatch number(int value) throws SQLException {
        return with(JDBCType.INTEGER, value);
    }

    public StatementBatch number(@Nullable Integer value) throws SQLException {
        return with(JDBCType.INTEGER, value);
    }

    public StatementBatch number(long value) throws SQLException {
        return with(JDBCType.BIGINT, value);
    }

    public StatementBatch number(double value) throws SQLException {
        return with(JDBCType.DOUBLE, value);
    }

    public StatementBatch amount(@Nullable Double value) throws SQLException {
        return with(JDBCType.DOUBLE, value);
    }

    public StatementBatch truth(boolean value) throws SQLException {
        return with(JDBCType.BOOLEAN, value);
    }

    public StatementBatch instant(@Nullable Instant value) throws SQLException {
        return with(JDBCType.BIGINT, value == null ? null : Utc.micros(value));
    }

    private StatementBatch with(JDBCType type, @Nullable Object value) throws SQLException {
        put(type, value);
        return this;
    }
}
