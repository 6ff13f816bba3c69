// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.copy;

import io.jobyard.store.jpa.sql.Ids;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Columns of a copied table: the columns of both databases, and for a job also its lane as the last one. A row is an array of these values.
 */
final class RowShape {

    static final String LANE = "lane";

    private static final int ID = 16;

    private final CopiedTable table;
    private final List<String> names;
    private final List<ColumnKind> kinds;
    private final int[] key;

    private RowShape(CopiedTable table, Map<String, ColumnKind> columns) {
        this.table = table;
        names = List.copyOf(columns.keySet());
        kinds = List.copyOf(columns.values());
        key = table.key().stream().mapToInt(names::indexOf).toArray();
    }

    static RowShape of(CopiedTable table, CopiedStore from, CopiedStore to) {
        Map<String, ColumnKind> columns = columns(table, from);
        Map<String, ColumnKind> others = columns(table, to);
        columns.keySet().retainAll(others.keySet());
        columns.replaceAll((name, kind) -> kind.with(others.get(name)));
        if (table.isJob()) {
            columns.remove(LANE);
            columns.put(LANE, ColumnKind.NUMBER);
        }
        return new RowShape(table, columns);
    }

    static Map<String, ColumnKind> columns(CopiedTable table, CopiedStore store) {
        return store.ask(session -> {
            Map<String, ColumnKind> columns = new LinkedHashMap<>();
            try (ResultSet none = session.query("SELECT * FROM " + table.name() + " WHERE 1 = 0")
                    .executeQuery()) {
                ResultSetMetaData told = none.getMetaData();
                for (int n = 1; n <= told.getColumnCount(); n++) {
                    columns.put(told.getColumnName(n).toLowerCase(Locale.ROOT), ColumnKind.of(told.getColumnType(n)));
                }
            }
            return columns;
        });
    }

    CopiedTable table() {
        return table;
    }

    /** Returns the columns that the database has in the table itself. */
    List<String> columns(boolean placesInRow) {
        return table.isJob() && !placesInRow ? names.subList(0, names.size() - 1) : names;
    }

    ColumnKind kind(int position) {
        return kinds.get(position);
    }

    Object[] read(ResultSet row, int columns) throws SQLException {
        Object[] values = new Object[names.size()];
        for (int n = 0; n < columns; n++) {
            values[n] = kinds.get(n).read(row, n + 1);
        }
        return values;
    }

    @Nullable
    Object value(Object[] row, String column) {
        return row[names.indexOf(column)];
    }

    /** Compares rows in the order of reading. */
    int compare(Object[] one, Object[] other) {
        int order = 0;
        for (int n = 0; n < key.length && order == 0; n++) {
            order = compareValues(one[key[n]], other[key[n]]);
        }
        return table.order() == CopiedTable.KeyOrder.FALLING ? -order : order;
    }

    private static int compareValues(Object one, Object other) {
        if (one instanceof byte[] bytes) {
            return Arrays.compareUnsigned(bytes, (byte[]) other);
        }
        return one instanceof Long number
                ? number.compareTo((Long) other)
                : one.toString().compareTo(other.toString());
    }

    /** Returns the first column with different values in two rows of the same key; null if the rows are equal. */
    @Nullable
    String difference(Object[] one, Object[] other) {
        for (int n = 0; n < names.size(); n++) {
            if (!Objects.deepEquals(one[n], other[n])) {
                return names.get(n);
            }
        }
        return null;
    }

    /** Returns text that identifies a row by its key, for messages. */
    String name(Object[] row) {
        StringJoiner name = new StringJoiner(", ", "row (", ") of table " + table.name());
        for (int n : key) {
            name.add(names.get(n) + " = " + (row[n] instanceof byte[] bytes ? text(bytes) : row[n]));
        }
        return name.toString();
    }

    private static String text(byte[] bytes) {
        return bytes.length == ID ? Ids.uuid(bytes).toString() : HexFormat.of().formatHex(bytes);
    }
}
