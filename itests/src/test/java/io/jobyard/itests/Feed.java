// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Whether the feed tells what the histories tell, as far back as it goes. */
final class Feed {

    private final Database database;
    private final Story story;
    private final Map<Integer, String> hosts = new HashMap<>();
    private final Map<Integer, String> handlers = new HashMap<>();

    Feed(Database database, Story story) {
        this.database = database;
        this.story = story;
        database.rows("incarnation").forEach(life -> hosts.put(life.number("number"), life.text("host")));
        database.rows("handler_name")
                .forEach(row -> handlers.put(row.number("id"), row.text("version") + " " + row.text("bundle")));
    }

    /** Holds at every moment, also right after a kill. */
    void check() {
        Map<String, List<FeedRow.Change>> told = new HashMap<>();
        Row before = null;
        List<Long> lastEvent = List.of(0L, 0L, 0L);
        List<Row> rows = database.rows("feed");
        assertThat(rows.isEmpty() && !story.jobs().isEmpty())
                .as("all of the feed is gone")
                .isFalse();
        for (Row row : rows) {
            FeedRow content = new FeedRow(row);
            follows(row, content, before);
            assertThat(hosts).as(row::toString).containsKey(row.number("incarnation"));
            if (before != null) {
                assertThat(content.before()).as(row::toString).isEqualTo(lastEvent);
            }
            long life = row.longNumber("incarnation");
            lastEvent = content.events() == 0
                    ? content.before()
                    : List.of(life, row.longNumber("number"), (long) content.events());
            content.changes()
                    .forEach(change -> told.computeIfAbsent(change.job(), any -> new ArrayList<>())
                            .add(change));
            before = row;
        }
        story.jobs().forEach((id, job) -> agrees(job, told.getOrDefault(id, List.of()), true));
    }

    /** The same of several lives beside each other: each counts its own rows, and they tell all changes of a job between them. */
    void checkShared() {
        Map<String, List<FeedRow.Change>> told = new HashMap<>();
        Map<Integer, Long> numbers = new HashMap<>();
        for (Row row : database.rows("feed")) {
            Long before = numbers.put(row.number("incarnation"), row.longNumber("number"));
            assertThat(before == null || before < row.longNumber("number"))
                    .as(row::toString)
                    .isTrue();
            assertThat(hosts).as(row::toString).containsKey(row.number("incarnation"));
            new FeedRow(row, true)
                    .changes()
                    .forEach(change -> told.computeIfAbsent(change.job(), any -> new ArrayList<>())
                            .add(change));
        }
        told.values().forEach(changes -> changes.sort(Comparator.comparingInt(FeedRow.Change::version)));
        story.jobs().forEach((id, job) -> agrees(job, told.getOrDefault(id, List.of()), false));
    }

    private static void follows(Row row, FeedRow content, Row before) {
        long total = row.longNumber("total") - content.length();
        if (before == null) {
            assertThat(total).as(row::toString).isNotNegative();
        } else {
            assertThat(total).as(row::toString).isEqualTo(before.longNumber("total"));
        }
    }

    /**
     * The versions that the feed tells of a job rise by one up to the present one, its events are those of the history, and each start
     * was made by the life whose number stands in the history, if that starts its jobs itself.
     */
    private void agrees(Row job, List<FeedRow.Change> told, boolean startsItself) {
        int first = job.number("version") - told.size() + 1;
        for (int n = 0; n < told.size(); n++) {
            assertThat(told.get(n).version()).as(job::toString).isEqualTo(first + n);
        }
        List<Event> events = story.histories().get(job.text("id"));
        assertThat(told.stream()
                        .map(FeedRow.Change::event)
                        .filter(Objects::nonNull)
                        .toList())
                .as(job::toString)
                .isEqualTo(events.stream()
                        .filter(event -> event.version() >= first)
                        .map(this::told)
                        .toList());
        assertThat(first == 1 || startsItself && wasCut()).as(job::toString).isTrue();
        for (Event event : events) {
            if (startsItself && event.isStart() && event.version() >= first) {
                assertThat(told.get(event.version() - first).life())
                        .as(() -> event + " of " + job)
                        .isEqualTo(event.life());
            }
        }
    }

    /** At its beginning, because it was too old or too large. */
    private boolean wasCut() {
        Row first = database.rows("feed").get(0);
        return first.longNumber("total") > new FeedRow(first).length();
    }

    private FeedRow.Told told(Event event) {
        return new FeedRow.Told(
                event.at(),
                event.who(),
                event.from(),
                event.to(),
                event.reason(),
                hosts.getOrDefault(event.life(), ""),
                handlers.getOrDefault(event.handler(), ""),
                event.run(),
                event.attempt());
    }
}
