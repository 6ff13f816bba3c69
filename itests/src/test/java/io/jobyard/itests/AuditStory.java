// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.HistoryEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether the audit is whole, and tells of jobs what their histories tell that somebody did. */
final class AuditStory {

    /** The least that a test may configure. */
    private static final Duration KEPT = Duration.ofDays(1);

    private static final Pattern CUT = Pattern.compile("rows up to (\\d+), .*");

    private final Map<String, List<Integer>> numbers = new HashMap<>();
    private final Map<String, Integer> told = new HashMap<>();
    /** The number of the last row that may be gone, by the life of the host. */
    private final Map<String, Integer> cuts = new HashMap<>();
    /** What was before may be told or not: old rows are removed in slices. */
    private Instant since = Instant.MIN;

    AuditStory(Database database) {
        List<Row> rows = database.rows("audit");
        for (Row row : rows) {
            Matcher cut = CUT.matcher(row.text("detail"));
            if (row.text("action").equals("cut") && cut.matches()) {
                cuts.merge(row.text("target"), Integer.parseInt(cut.group(1)), Math::max);
                Instant old = row.instant("happened_at").minus(KEPT);
                since = old.isAfter(since) ? old : since;
            }
        }
        for (Row row : rows) {
            numbers.computeIfAbsent(row.text("incarnation"), any -> new ArrayList<>())
                    .add(row.number("number"));
            if (row.text("target").startsWith("job ")
                    && !row.instant("happened_at").isBefore(since)) {
                String job = row.text("target").split(" ")[1];
                told.merge(row.text("action") + " " + job, 1, Integer::sum);
            }
        }
    }

    /** Holds at every moment, also right after a kill: an entry is written in the commit of what it tells. */
    void check(Story story) {
        numbers.forEach((life, all) -> {
            int first = all.get(0);
            assertThat(first).as("the audit of %s", life).isBetween(1, cuts.getOrDefault(life, 0) + 1);
            for (int n = 0; n < all.size(); n++) {
                assertThat(all.get(n)).as("the audit of %s", life).isEqualTo(first + n);
            }
        });
        Map<String, Integer> done = new HashMap<>();
        story.histories()
                .forEach((id, events) -> events.stream()
                        .filter(event -> isBySomebody(event) && !event.at().isBefore(since))
                        .forEach(event -> done.merge(action(event) + " " + id, 1, Integer::sum)));
        Map<String, Integer> ofThese = new HashMap<>(told);
        ofThese.keySet().removeIf(action -> !story.jobs().containsKey(action.split(" ")[1]));
        assertThat(ofThese).isEqualTo(done);
    }

    /** Other than by the host itself, or by who submits. */
    private static boolean isBySomebody(Event event) {
        return !event.who().equals(HistoryEvent.HOST) && !event.from().isEmpty();
    }

    private static String action(Event event) {
        if (event.isRetry()) {
            return "retry";
        }
        return event.isChange() ? "change" : "cancel";
    }
}
