// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.copy;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/** Java type of a column's values, independent of the database's name for the type. */
enum ColumnKind {
    BYTES {
        @Override
        byte @Nullable [] read(ResultSet row, int column) throws SQLException {
            return row.getBytes(column);
        }

        @Override
        void write(PreparedStatement row, int column, @Nullable Object value) throws SQLException {
            row.setBytes(column, (byte[]) value);
        }
    },
    TEXT {
        @Override
        @Nullable
        String read(ResultSet row, int column) throws SQLException {
            return row.getString(column);
        }

        @Override
        void write(PreparedStatement row, int column, @Nullable Object value) throws SQLException {
            row.setString(column, (String) value);
        }
    },
    NUMBER {
        @Override
        @Nullable
        Long read(ResultSet row, int column) throws SQLException {
            long number = row.getLong(column);
            return row.wasNull() ? null : number;
        }

        @Override
        void write(PreparedStatement row, int column, @Nullable Object value) throws SQLException {
            row.setObject(column, value, Types.BIGINT);
        }
    },
    FRACTION {
        @Override
        @Nullable
        Double read(ResultSet row, int column) throws SQLException {
            double number = row.getDouble(column);
            return row.wasNull() ? null : number;
        }

        @Override
        void write(PreparedStatement row, int column, @Nullable Object value) throws SQLException {
            row.setObject(column, value, Types.DOUBLE);
        }
    },
    TRUTH {
        @Override
        @Nullable
        Boolean read(ResultSet row, int column) throws SQLException {
            boolean truth = row.getBoolean(column);
            return row.wasNull() ? null : truth;
        }

        @Override
        void write(PreparedStatement row, int column, @Nullable Object value) throws SQLException {
            row.setObject(column, value, Types.BOOLEAN);
        }
    };

    abstract @Nullable Object read(ResultSet row, int column) throws SQLException;

    abstract void write(PreparedStatement row, int column, @Nullable Object value) throws SQLException;

    /** Returns the kind of values that two databases have in common: one of them may store truths as 0 and 1. */
    ColumnKind with(@Nullable ColumnKind other) {
        return other == TRUTH ? TRUTH : this;
    }

    /** Returns the kind for a type of {@link Types}. */
    static ColumnKind of(int type) {
        return switch (type) {
            case Types.BINARY, Types.VARBINARY, Types.BLOB -> BYTES;
            case Types.CHAR, Types.VARCHAR, Types.CLOB -> TEXT;
            case Types.INTEGER, Types.BIGINT -> NUMBER;
            case Types.DOUBLE, Types.REAL, Types.FLOAT -> FRACTION;
            case Types.BIT, Types.BOOLEAN -> TRUTH;
            default -> throw new IllegalStateException("no column of a store has the type " + type);
        };
    }
}
