// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests.faults;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One row on its way into the database.
 *
 * @param sql the statement
 * @param values its parameters, by their positions
 */
record Sent(String sql, Map<Integer, Object> values) {

    private static final String HISTORY = "INSERT INTO history";

    /** As the store writes it: job, seq, when, who, from, to, reason. */
    static Sent history(Object who, Object from, Object to, Object reason) {
        return new Sent(
                HISTORY,
                Map.of(
                        4, Objects.toString(who, ""),
                        5, Objects.toString(from, ""),
                        6, Objects.toString(to, ""),
                        7, Objects.toString(reason, "")));
    }

    private String value(int position) {
        return Objects.toString(values.get(position), "");
    }

    /** A row of a job's history. */
    boolean moves(String from, String to) {
        return sql.startsWith(HISTORY) && value(5).matches(from) && value(6).matches(to);
    }

    /** Other than for the sake of a job it waited for. */
    boolean ends() {
        return moves("waiting|queued|running", "completed|failed|cancelled") && !because("dependency");
    }

    boolean because(String reason) {
        return value(7).equals(reason);
    }

    boolean bySomebody() {
        return !value(4).equals("jobyard");
    }

    static boolean any(List<Sent> rows, String sql) {
        return rows.stream().anyMatch(row -> row.sql().contains(sql));
    }
}
