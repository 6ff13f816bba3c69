// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.HistoryEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether the audit is whole, and tells of jobs what their histories tell that somebody did. */
final class AuditStory {

    private final Map<String, List<Integer>> numbers = new HashMap<>();
    private final Map<String, Integer> told = new HashMap<>();

    AuditStory(Database database) {
        for (Row row : database.rows("audit")) {
            numbers.computeIfAbsent(row.text("incarnation"), any -> new ArrayList<>())
                    .add(row.number("number"));
            if (row.text("target").startsWith("job ")) {
                String job = row.text("target").split(" ")[1];
                told.merge(row.text("action") + " " + job, 1, Integer::sum);
            }
        }
    }

    /** Holds at every moment, also right after a kill: an entry is written in the commit of what it tells. */
    void check(Story story) {
        numbers.forEach((life, all) -> {
            for (int n = 0; n < all.size(); n++) {
                assertThat(all.get(n)).as("the audit of %s", life).isEqualTo(n + 1);
            }
        });
        Map<String, Integer> done = new HashMap<>();
        story.histories()
                .forEach((id, events) -> events.stream()
                        .filter(AuditStory::isBySomebody)
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
