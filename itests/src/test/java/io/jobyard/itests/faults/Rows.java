// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rows that a statement will send. */
final class Rows {

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
        batch.add(Sent.of(prepared, values));
    }

    /** Those of the execution that begins: of the batch, or the one of a statement that has none. Questions send none. */
    List<Sent> take(String sql) {
        List<Sent> rows = new ArrayList<>(batch);
        batch.clear();
        String statement = sql.isEmpty() ? prepared : sql;
        if (rows.isEmpty()
                && statement.strip().matches("(?s)(INSERT|UPDATE|DELETE|MERGE|CREATE|ALTER|RENAME|DROP|CALL) .*")) {
            rows.add(Sent.of(statement.strip(), values));
        }
        return rows;
    }
}
