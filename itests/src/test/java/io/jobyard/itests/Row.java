// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import java.nio.ByteBuffer;
import java.sql.Clob;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** One row of a table, by the names of its columns. */
final class Row {

    private static final int ID_DIGITS = 32;

    private final Map<String, Integer> columns;
    private final Object[] values;

    private Row(Map<String, Integer> columns, Object[] values) {
        this.columns = columns;
        this.values = values;
    }

    static List<Row> all(ResultSet found) throws SQLException {
        ResultSetMetaData header = found.getMetaData();
        Map<String, Integer> columns = new LinkedHashMap<>();
        for (int n = 1; n <= header.getColumnCount(); n++) {
            columns.put(header.getColumnName(n).toLowerCase(Locale.ROOT), n - 1);
        }
        List<Row> rows = new ArrayList<>();
        while (found.next()) {
            Object[] values = new Object[columns.size()];
            for (int n = 0; n < values.length; n++) {
                values[n] = plain(found.getObject(n + 1));
            }
            rows.add(new Row(columns, values));
        }
        return rows;
    }

    private static Object plain(Object value) throws SQLException {
        if (value instanceof byte[] bytes) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            return bytes.length == 16
                    ? new UUID(buffer.getLong(), buffer.getLong()).toString()
                    : HexFormat.of().formatHex(bytes);
        }
        return value instanceof Clob clob ? clob.getSubString(1, (int) clob.length()) : value;
    }

    private Object value(String column) {
        return values[Objects.requireNonNull(columns.get(column), column)];
    }

    boolean has(String column) {
        return value(column) != null;
    }

    /** Empty if there is none. */
    String text(String column) {
        return Objects.toString(value(column), "");
    }

    int number(String column) {
        return Math.toIntExact(longNumber(column));
    }

    long longNumber(String column) {
        return ((Number) value(column)).longValue();
    }

    boolean truth(String column) {
        Object truth = value(column); // a number in SQLite
        return truth instanceof Number number ? number.intValue() != 0 : (Boolean) truth;
    }

    Instant instant(String column) {
        return Instant.EPOCH.plus(((Number) value(column)).longValue(), ChronoUnit.MICROS);
    }

    /** Of a column of the database's own kind. */
    Instant moment(String column) {
        return ((Timestamp) value(column)).toInstant();
    }

    /** The ids that stand in a column one behind the other. */
    List<String> ids(String column) {
        String all = text(column).replace("-", "");
        List<String> ids = new ArrayList<>();
        for (int begin = 0; begin < all.length(); begin += ID_DIGITS) {
            ids.add(all.substring(begin, begin + ID_DIGITS).replaceFirst("(.{8})(.{4})(.{4})(.{4})", "$1-$2-$3-$4-"));
        }
        return ids;
    }

    /** The values of some columns, to compare rows of two tables by. */
    List<Object> part(String... names) {
        List<Object> part = new ArrayList<>();
        for (String name : names) {
            part.add(value(name));
        }
        return part;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        columns.forEach((name, n) -> {
            if (values[n] != null) {
                text.append(text.length() == 0 ? "" : ", ")
                        .append(name)
                        .append('=')
                        .append(values[n]);
            }
        });
        return text.toString();
    }
}
