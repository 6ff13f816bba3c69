// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests.faults;

import java.sql.Array;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Several statements that a host sends as one, divided by semicolons. Rows of some are arrays, one for each column. */
final class SentMessage {

    private static final String DIVISION = ";";
    private static final String COMMIT = DIVISION + "COMMIT";
    private static final String ARRAYS = " FROM unnest(";

    private SentMessage() {}

    static boolean is(String sql) {
        return sql.contains(DIVISION) && sql.contains("?");
    }

    static boolean commits(String sql) {
        return is(sql) && sql.endsWith(COMMIT);
    }

    /** The rows of all its statements, with the parameters by their positions. */
    static List<Sent> rows(String sql, Map<Integer, Object> values) throws SQLException {
        List<Sent> rows = new ArrayList<>();
        int before = 0;
        for (String part : sql.split(DIVISION)) {
            int marks = (int) part.chars().filter(sign -> sign == '?').count();
            Map<Integer, Object> own = new HashMap<>();
            for (int n = 1; n <= marks; n++) {
                if (values.get(before + n) != null) {
                    own.put(n, values.get(before + n));
                }
            }
            before += marks;
            if (part.contains(ARRAYS)) {
                rows.addAll(ofArrays(part, own));
            } else if (part.matches("(?s)(INSERT|UPDATE|DELETE) .*")) {
                rows.add(Sent.of(part, own));
            }
        }
        return rows;
    }

    /** As the statement for one row has them. */
    private static List<Sent> ofArrays(String part, Map<Integer, Object> arrays) throws SQLException {
        String row = part.substring(0, part.indexOf(ARRAYS)).replaceAll("u\\.p\\d+", "?");
        String sql = row.startsWith("UPDATE") ? row + " WHERE id = ? AND version = ?" : row;
        List<Sent> rows = new ArrayList<>();
        for (int n = 0; n < ((Object[]) ((Array) arrays.get(1)).getArray()).length; n++) {
            Map<Integer, Object> values = new HashMap<>();
            for (Map.Entry<Integer, Object> array : arrays.entrySet()) {
                Object value = ((Object[]) ((Array) array.getValue()).getArray())[n];
                if (value != null) {
                    values.put(array.getKey(), value);
                }
            }
            rows.add(Sent.of(sql, values));
        }
        return rows;
    }
}
