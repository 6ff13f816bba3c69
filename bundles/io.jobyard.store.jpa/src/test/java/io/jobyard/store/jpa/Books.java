// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobId;
import io.jobyard.spi.limits.LimitUse;
import io.jobyard.spi.queue.LaneView;
import io.jobyard.store.jpa.sql.Labels;
import io.jobyard.store.jpa.sql.Utc;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What the database holds, read past the store, beside what the callers were told. */
final class Books {

    /** How each job of the script ends; the others complete. */
    private static final Map<String, String> ENDS =
            Map.of("cq", "cancelled", "e", "failed", "g", "failed", "h3", "cancelled");

    private static final List<String> EMPTY_AT_THE_END =
            List.of("edge", "release_marker", "timer", "live_key", "queue_pause");

    private final DatabaseFixture rig;
    private final Told told;

    Books(DatabaseFixture rig, Told told) {
        this.rig = rig;
        this.told = told;
    }

    /** While nothing is under way: the lanes count what the table has, keys are held by those that live. */
    void compare(HostFixture host) throws SQLException {
        Map<String, Long> lanes = new HashMap<>();
        for (LaneView lane : host.lanes()) {
            lanes.merge(Objects.requireNonNullElse(lane.lane().queue(), "-"), lane.queued(), Long::sum);
        }
        Map<String, Long> table = new HashMap<>();
        for (List<String> row :
                rows("SELECT lane.queue, COUNT(*) FROM ready JOIN lane ON lane.id = ready.lane GROUP BY lane.queue")) {
            table.put(Objects.requireNonNullElse(row.get(0), "-"), Long.valueOf(row.get(1)));
        }
        assertThat(lanes).as("jobs counted in lanes").isEqualTo(table);
        assertThat(column("SELECT job_key FROM live_key"))
                .as("live keys")
                .containsExactlyInAnyOrderElementsOf(column("SELECT job_key FROM job WHERE job_key IS NOT NULL"
                        + " AND status NOT IN ('completed', 'failed', 'cancelled')"));
        assertThat(column("SELECT queue FROM queue_pause"))
                .as("pauses")
                .isEqualTo(told.paused == null ? List.of() : List.of(told.paused));
    }

    /** When all is over. */
    void audit() throws SQLException {
        Map<String, String> names = new HashMap<>();
        told.jobs.forEach((name, id) -> names.put(hex(id), name));
        Map<String, Integer> runs = new HashMap<>();
        for (List<String> row : rows("SELECT id, status, run, pending, result, labels FROM job")) {
            String name = names.remove(row.get(0));
            assertThat(name).as("a job that nobody was told of: %s", row).isNotNull();
            assertThat(row.get(1)).as("end of %s", name).isEqualTo(ENDS.getOrDefault(name, "completed"));
            assertThat(row.get(3)).as("dependencies that %s waits for", name).isEqualTo("0");
            String result = row.get(1).equals("completed") ? "{\"run\":" + row.get(2) + "}" : null;
            assertThat(row.get(4)).as("result of %s", name).isEqualTo(result);
            int submit = Integer.parseInt(Labels.read(row.get(5)).get("submit"));
            assertThat(told.refused).as("refused submits").doesNotContain(submit);
            runs.put(row.get(0), Integer.valueOf(row.get(2)));
        }
        assertThat(names.values()).as("jobs that are lost").isEmpty();
        new Histories(rows(Histories.QUERY), told).check(runs);
        for (String table : EMPTY_AT_THE_END) {
            assertThat(rows("SELECT 1 FROM " + table)).as(table).isEmpty();
        }
        notes();
    }

    private void notes() throws SQLException {
        for (Map.Entry<JobId, List<String>> log : told.lines.entrySet()) {
            assertThat(column("SELECT content FROM job_log WHERE job_id = X'" + hex(log.getKey()) + "' ORDER BY line"))
                    .as("log")
                    .isEqualTo(log.getValue());
        }
        assertThat(counts("SELECT job_id, COUNT(*) FROM job_step WHERE dropped_after = 0 GROUP BY job_id"))
                .as("steps")
                .isEqualTo(byHex(told.steps));
        assertThat(counts("SELECT job_id, COUNT(*) FROM run_use GROUP BY job_id"))
                .as("uses")
                .isEqualTo(byHex(told.uses));
        assertThat(counts("SELECT job_id, COUNT(*) FROM job_signal WHERE taken = FALSE GROUP BY job_id"))
                .as("signals")
                .isEqualTo(byHex(told.signals));
        for (Map.Entry<JobId, String> stream : told.streams.entrySet()) {
            assertThat(column("SELECT content FROM job_stream WHERE job_id = X'" + hex(stream.getKey())
                            + "' ORDER BY number"))
                    .as("stream")
                    .isEqualTo(List.of(stream.getValue().split("(?=piece)")));
        }
        LimitUse use = Objects.requireNonNull(told.use);
        assertThat(rows("SELECT name, unit, full_at, per_second FROM limit_level"))
                .as("use of limits")
                .containsExactly(List.of(
                        "limit " + use.key().name(),
                        use.key().unit(),
                        String.valueOf(Utc.micros(use.fullAt())),
                        Double.toString(use.perSecond())));
    }

    private Map<String, Integer> counts(String sql) throws SQLException {
        Map<String, Integer> counts = new HashMap<>();
        rows(sql).forEach(row -> counts.put(row.get(0), Integer.valueOf(row.get(1))));
        return counts;
    }

    private static Map<String, Integer> byHex(Map<JobId, Integer> jobs) {
        Map<String, Integer> counts = new HashMap<>();
        jobs.forEach((id, count) -> counts.put(hex(id), count));
        return counts;
    }

    static String hex(JobId id) {
        return id.value().toString().replace("-", "");
    }

    private List<String> column(String sql) throws SQLException {
        return rows(sql).stream().map(row -> row.get(0)).toList();
    }

    /** Ids as digits, whatever the driver makes of them. */
    private static String text(ResultSet row, int column) throws SQLException {
        return row.getObject(column) instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : row.getString(column);
    }

    private List<List<String>> rows(String sql) throws SQLException {
        try (Connection connection = rig.direct();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<List<String>> found = new ArrayList<>();
            while (rows.next()) {
                List<String> row = new ArrayList<>();
                for (int n = 1; n <= rows.getMetaData().getColumnCount(); n++) {
                    row.add(text(rows, n));
                }
                found.add(row);
            }
            return found;
        }
    }
}
