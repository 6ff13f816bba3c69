// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.sql;

import io.jobyard.api.JobId;
import java.sql.JDBCType;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of parameters for a statement, filled from left to right. */
public final class StatementBatch {

    private final String sql;
    private final RowSender sender;
    private List<List<SqlValue>> rows = new ArrayList<>();
    private List<SqlValue> row = new ArrayList<>();

    StatementBatch(String sql, RowSender sender) {
        this.sql = sql;
        this.sender = sender;
    }

    public StatementBatch id(JobId id) {
        return uuid(id.value());
    }

    public StatementBatch uuid(@Nullable UUID id) {
        return bytes(id == null ? null : Ids.bytes(id));
    }

    public StatementBatch bytes(byte @Nullable [] value) {
        return value(JDBCType.VARBINARY, value);
    }

    public StatementBatch text(@Nullable String value) {
        return value(JDBCType.VARCHAR, value == null ? null : storable(value));
    }

    /** Some databases reject a text with U+0000; messages for people do not contain it. */
    public static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }

    public StatementBatch number(int value) {
        return value(JDBCType.INTEGER, value);
    }

    public StatementBatch number(@Nullable Integer value) {
        return value(JDBCType.INTEGER, value);
    }

    public StatementBatch number(long value) {
        return value(JDBCType.BIGINT, value);
    }

    public StatementBatch number(double value) {
        return value(JDBCType.DOUBLE, value);
    }

    public StatementBatch amount(@Nullable Double value) {
        return value(JDBCType.DOUBLE, value);
    }

    public StatementBatch truth(boolean value) {
        return value(JDBCType.BOOLEAN, value);
    }

    public StatementBatch instant(@Nullable Instant value) {
        return value(JDBCType.BIGINT, value == null ? null : (Long) Utc.micros(value));
    }

    private StatementBatch value(JDBCType type, @Nullable Object value) {
        row.add(new SqlValue(type, value));
        return this;
    }

    /** Ends the current row. */
    public void add() {
        rows.add(row);
        row = new ArrayList<>(row.size());
    }

    /** Sends the rows. Returns the number of table rows that each has changed. */
    public int[] run() throws SQLException {
        return rows.isEmpty() ? new int[0] : sender.send(sql, taken());
    }

    /** Sends the rows, at the latest with the next statement whose answer is needed. */
    public void later() throws SQLException {
        if (!rows.isEmpty()) {
            sender.later(sql, taken());
        }
    }

    /** Sends the rows like {@link #later}. Returns the number of table rows that each has changed, once it is known. */
    public RowSender.RowCounts counted() throws SQLException {
        return rows.isEmpty() ? () -> new int[0] : sender.later(sql, taken());
    }

    private List<List<SqlValue>> taken() {
        List<List<SqlValue>> all = rows;
        rows = new ArrayList<>();
        return all;
    }
}
