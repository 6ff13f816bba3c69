// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Whether the lives of hosts are in order, and did and do what jobs and their histories say of them. */
final class HostIncarnations {

    private final Database database;
    private final Story story;
    private final NavigableMap<Integer, Row> lives = new TreeMap<>();

    HostIncarnations(Database database, Story story) {
        this.database = database;
        this.story = story;
        database.rows("incarnation").forEach(life -> lives.put(life.number("number"), life));
    }

    /** Holds at every moment, also right after a kill. */
    void check() {
        livedOneAfterTheOther();
        Set<Integer> handlers = database.rows("handler_name").stream()
                .map(handler -> handler.number("id"))
                .collect(Collectors.toSet());
        story.histories().forEach((id, events) -> {
            for (Event event : events) {
                assertThat(event.handler() == null || handlers.contains(event.handler()))
                        .as(event::toString)
                        .isTrue();
                boolean known = event.life() == null ? !event.isStart() : lives.containsKey(event.life());
                assertThat(known).as(event::toString).isTrue();
            }
            belongToTheLifeOfTheirRun(story.jobs().get(id), events);
        });
        runWhatTheirRowsSay();
    }

    private void livedOneAfterTheOther() {
        Row before = null;
        for (Row life : lives.values()) {
            if (before != null && before.has("ended_at")) {
                assertThat(life.instant("started_at"))
                        .as(before::toString)
                        .isAfterOrEqualTo(before.instant("ended_at"));
            }
            before = life;
        }
    }

    /** All lines from a start on name the life that started it, and so does the row. */
    private static void belongToTheLifeOfTheirRun(Row job, List<Event> events) {
        Integer latest = null;
        for (Event event : events) {
            latest = event.isStart() ? event.life() : latest;
            assertThat(event.life())
                    .as(() -> event + " of " + job)
                    .isEqualTo(event.life() == null && !event.isEnd() ? null : latest);
        }
        assertThat(job.part("host")).as(job::toString).containsExactly(latest);
    }

    private void runWhatTheirRowsSay() {
        Map<String, Integer> runs = new HashMap<>();
        for (Row row : database.rows("running")) {
            for (String id : row.ids("ids")) {
                assertThat(runs.put(id, row.number("incarnation")))
                        .as(() -> id + " runs twice")
                        .isNull();
            }
        }
        Map<String, Integer> running = new HashMap<>();
        story.jobs().forEach((id, job) -> {
            if (job.text("status").equals("running")) {
                running.put(id, job.number("host"));
            }
        });
        assertThat(runs).isEqualTo(running);
    }
}
