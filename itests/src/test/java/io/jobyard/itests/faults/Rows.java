// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests.faults;

import java.sql.Array;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rows that a statement will send. */
final class Rows {

    /** In a statement that takes many rows as arrays. */
    private static final String ARRAYS = " FROM unnest(";

    private final String prepared;
    private final Map<Integer, Object> values = new HashMap<>();
    private final List<Sent> batch = new ArrayList<>();

    Rows(String prepared) {
        this.prepared = prepared;
    }

    void set(int position, Object value) {
        if (value == null) {
            values.remove(position);
        } else {
            values.put(position, value);
        }
    }

    void add() {
        batch.addAll(Sent.of(prepared, values));
    }

    /** Those of the execution that begins: of the batch, or the one of a statement that has none. Questions send none. */
    List<Sent> take(String sql) throws SQLException {
        List<Sent> rows = new ArrayList<>(batch);
        batch.clear();
        if (rows.isEmpty()) {
            int position = 0;
            for (String statement : (sql.isEmpty() ? prepared : sql).strip().split("; ")) {
                Map<Integer, Object> own = new HashMap<>();
                for (int n = 1; n <= Sent.marks(statement); n++) {
                    Object value = values.get(++position);
                    if (value != null) {
                        own.put(n, value);
                    }
                }
                rows.addAll(of(statement, own));
            }
        }
        return rows;
    }

    private static List<Sent> of(String statement, Map<Integer, Object> values) throws SQLException {
        if (!statement.matches("(?s)(INSERT|UPDATE|DELETE|MERGE|CREATE|ALTER|RENAME|DROP|CALL) .*")) {
            return List.of();
        }
        if (!statement.contains(ARRAYS)) {
            return Sent.of(statement, values);
        }
        List<Map<Integer, Object>> rows = new ArrayList<>();
        for (Map.Entry<Integer, Object> column : values.entrySet()) {
            Object[] cells = (Object[]) ((Array) column.getValue()).getArray();
            for (int n = 0; n < cells.length; n++) {
                if (rows.size() == n) {
                    rows.add(new HashMap<>());
                }
                if (cells[n] != null) {
                    rows.get(n).put(column.getKey(), cells[n]);
                }
            }
        }
        return rows.stream().flatMap(row -> Sent.of(statement, row).stream()).toList();
    }
}
