// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.sql;

import java.sql.JDBCType;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Value of a column, with its type. */
record SqlValue(JDBCType type, @Nullable Object value) {

    static SqlValue of(Object value) {
        if (value instanceof Integer) {
            return new SqlValue(JDBCType.INTEGER, value);
        } else if (value instanceof Long) {
            return new SqlValue(JDBCType.BIGINT, value);
        }
        return new SqlValue(value instanceof byte[] ? JDBCType.VARBINARY : JDBCType.VARCHAR, value);
    }

    void set(PreparedStatement statement, int position) throws SQLException {
        switch (type) {
            case VARCHAR -> statement.setString(position, (String) value);
            case VARBINARY -> statement.setBytes(position, (byte[]) value);
            default -> statement.setObject(position, value, type.getVendorTypeNumber());
        }
    }
}
