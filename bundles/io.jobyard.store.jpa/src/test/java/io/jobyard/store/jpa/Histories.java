// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The histories of all jobs: each whole and in order, no run begun or ended twice, no dependent before its parents. */
final class Histories {

    /** Nothing in the script makes a history so long that it goes to a page. */
    static final String QUERY = "SELECT id, created_at, trail FROM job ORDER BY id";

    private static final Pattern LINE = Pattern.compile("(\\d+) (\\w*)>(\\w+) (\\d+)/\\d+ \\+?(-?\\d+).*");

    private record Row(int seq, @Nullable String from, String to, int run, long at) {

        static Row of(String line, long createdAt) {
            Matcher part = LINE.matcher(line);
            assertThat(part.matches()).as(line).isTrue();
            return new Row(
                    Integer.parseInt(part.group(1)),
                    part.group(2).isEmpty() ? null : part.group(2),
                    part.group(3),
                    Integer.parseInt(part.group(4)),
                    createdAt + Long.parseLong(part.group(5)));
        }
    }

    private final Map<String, List<Row>> byJob = new LinkedHashMap<>();
    private final Told told;

    Histories(List<List<String>> rows, Told told) {
        this.told = told;
        for (List<String> row : rows) {
            long createdAt = Long.parseLong(row.get(1));
            byJob.put(
                    row.get(0),
                    row.get(2).lines().map(line -> Row.of(line, createdAt)).toList());
        }
    }

    void check(Map<String, Integer> runs) {
        assertThat(byJob.keySet()).as("jobs that have a history").isEqualTo(runs.keySet());
        byJob.forEach((id, rows) -> chain(id, rows, runs.get(id)));
        Set<String> taken = new HashSet<>(told.taken);
        assertThat(taken).as("outcomes taken, each once").hasSameSizeAs(told.taken);
        families();
    }

    private static void chain(String id, List<Row> rows, int runs) {
        String before = null;
        int seq = 0;
        int run = 0;
        for (Row row : rows) {
            assertThat(row.from()).as("history of %s: %s", id, rows).isEqualTo(before);
            assertThat(row.seq()).as("order of %s: %s", id, rows).isGreaterThan(seq);
            if (row.to().equals("ru") && !"ru".equals(row.from())) {
                run++;
            }
            assertThat(row.run()).as("runs of %s: %s", id, rows).isEqualTo(run);
            before = row.to();
            seq = row.seq();
        }
        assertThat(run).as("runs of %s: %s", id, rows).isEqualTo(runs);
        assertThat(rows.get(0).from() == null && rows.get(0).to().equals("wa") || seq == rows.size())
                .as("a row of %s is missing: %s", id, rows)
                .isTrue();
    }

    private void families() {
        Map<String, List<String>> parents = new HashMap<>(Map.of("b", List.of("a"), "c", List.of("a", "b")));
        for (int n = 0; n < Script.CHILDREN; n++) {
            parents.put("p" + n, List.of("p"));
        }
        parents.forEach((child, all) -> {
            List<Row> released =
                    rows(child).stream().filter(row -> "wa".equals(row.from())).toList();
            assertThat(released).as("releases of %s", child).hasSize(1);
            for (String parent : all) {
                List<Row> rows = rows(parent);
                assertThat(released.get(0).at())
                        .as("release of %s after %s", child, parent)
                        .isGreaterThanOrEqualTo(rows.get(rows.size() - 1).at());
            }
        });
    }

    private List<Row> rows(String name) {
        return byJob.get(Books.hex(told.id(name)));
    }
}
