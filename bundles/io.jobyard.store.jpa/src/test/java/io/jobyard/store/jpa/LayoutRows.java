// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All rows of a store, in words that the layout of before and the new one have in common. */
record LayoutRows(Map<String, List<List<String>>> byTable) {

    private static final String COLUMNS =
            "j.id, j.submitter, j.created_at, j.type, j.queue, j.priority, j.timeout_millis,"
                    + " j.max_retries, j.if_dependency_fails, j.not_before, j.expires_at, j.job_key, j.labels, j.handler_version,"
                    + " j.limits, j.estimates, j.status, j.reason, j.run, j.attempt, j.changed_at, j.started_at, j.completed_at,"
                    + " j.error, j.ran_in, j.version, j.pending, j.losses, j.cancel_requested, j.ready_at, j.due_at, j.payload,"
                    + " j.result, j.dependencies";
    private static final List<String> UNTOUCHED = List.of(
            "job_text",
            "lane",
            "edge",
            "blame",
            "release_marker",
            "live_key",
            "timer",
            "history",
            "job_log",
            "limit_level",
            "queue_pause",
            "handler_type",
            "audit");
    /** Those of a lane that the old layout had; later ones say with what its jobs began. */
    private static final int LANE_COLUMNS = 10;

    static LayoutRows old(Connection connection) throws SQLException {
        Map<String, List<List<String>>> rows = untouched(connection);
        rows.put("job", rows(connection, "SELECT " + COLUMNS + ", j.host FROM job j"));
        rows.put("ready", rows(connection, "SELECT lane, ready_at, id FROM job WHERE lane > 0"));
        rows.put("running", rows(connection, "SELECT incarnation, id FROM job WHERE lane = 0"));
        return new LayoutRows(rows);
    }

    static LayoutRows current(Connection connection) throws SQLException {
        Map<String, List<List<String>>> rows = untouched(connection);
        rows.get("lane").replaceAll(lane -> lane.subList(0, LANE_COLUMNS));
        String host = ", (SELECT i.host FROM incarnation i WHERE i.number = j.host)";
        rows.put("job", rows(connection, "SELECT " + COLUMNS + host + " FROM job j"));
        rows.put("ready", rows(connection, "SELECT lane, ready_at, id FROM ready"));
        String running = "SELECT i.id, r.ids FROM running r JOIN incarnation i ON i.number = r.incarnation";
        List<List<String>> each = new ArrayList<>();
        for (List<String> row : rows(connection, running)) {
            for (int at = 0; at < row.get(1).length(); at += 32) {
                each.add(List.of(row.get(0), row.get(1).substring(at, at + 32)));
            }
        }
        rows.put("running", each);
        return new LayoutRows(rows);
    }

    private static Map<String, List<List<String>>> untouched(Connection connection) throws SQLException {
        Map<String, List<List<String>>> rows = new HashMap<>();
        for (String table : UNTOUCHED) {
            rows.put(table, rows(connection, "SELECT * FROM " + table));
        }
        return rows;
    }

    /** In the order of the first columns. */
    static List<List<String>> rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            List<List<String>> rows = new ArrayList<>();
            while (found.next()) {
                List<String> row = new ArrayList<>();
                for (int n = 1; n <= found.getMetaData().getColumnCount(); n++) {
                    row.add(found.getString(n));
                }
                rows.add(row);
            }
            rows.sort(Comparator.comparing(List::toString));
            return rows;
        }
    }
}
