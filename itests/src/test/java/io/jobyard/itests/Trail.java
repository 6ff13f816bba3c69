// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.HistoryEvent;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The history of a job: its pages, and behind them what stands in its row. Reads the text by itself, to find also what the
 * store writes and reads wrongly alike.
 */
final class Trail {

    /** In characters; only a single line may be longer. */
    private static final int LONGEST = 1_500;

    private static final String STATUS = "(wa|qu|ru|co|fa|ca)";
    private static final String TEXT = "\"((?:[^\"\\\\]++|\\\\.)*+)\"";
    private static final Pattern LINE = Pattern.compile("(?<version>[1-9]\\d*) (?<from>" + STATUS + "?)>(?<to>" + STATUS
            + ") (?<run>\\d+)/(?<attempt>\\d+) \\+?(?<micros>-?\\d+)(?: h(?<life>-?\\d+))?(?: v(?<handler>\\d+))?"
            + "(?: (?!by )(?<reason>[a-z-]+))?(?: by (?<who>" + TEXT + "))?(?: (?<why>" + TEXT + "))?");
    private static final Map<String, String> STATUSES = Map.of(
            "wa", "waiting", "qu", "queued", "ru", "running", "co", "completed", "fa", "failed", "ca", "cancelled");

    private final Row job;
    private final List<Row> pages;

    Trail(Row job, List<Row> pages) {
        this.job = job;
        this.pages = pages;
    }

    List<Event> events() {
        List<Event> events = new ArrayList<>();
        for (Row page : pages) {
            List<Event> older = read(page.text("body"));
            assertThat(older.get(older.size() - 1).version()).as(page::toString).isEqualTo(page.number("page"));
            events.addAll(older);
        }
        events.addAll(read(job.text("trail")));
        return events;
    }

    private List<Event> read(String text) {
        assertThat(text).as(job::toString).endsWith("\n");
        List<Event> events =
                text.substring(0, text.length() - 1).lines().map(this::event).toList();
        assertThat(text.length() <= LONGEST || events.size() == 1)
                .as(job::toString)
                .isTrue();
        return events;
    }

    private Event event(String line) {
        Matcher part = LINE.matcher(line);
        assertThat(part.matches()).as(() -> line + " of " + job).isTrue();
        String from = STATUSES.getOrDefault(part.group("from"), "");
        return new Event(
                Integer.parseInt(part.group("version")),
                job.instant("created_at").plus(Long.parseLong(part.group("micros")), ChronoUnit.MICROS),
                part.group("who") != null ? quoted(part.group("who")) : usual(from),
                from,
                STATUSES.get(part.group("to")),
                part.group("reason") == null ? "" : part.group("reason").replace('-', ' '),
                number(part.group("life")),
                number(part.group("handler")),
                Integer.parseInt(part.group("run")),
                Integer.parseInt(part.group("attempt")));
    }

    private String usual(String from) {
        return from.isEmpty() ? job.text("submitter") : HistoryEvent.HOST;
    }

    private static Integer number(String group) {
        return group == null ? null : Integer.valueOf(group);
    }

    private static String quoted(String group) {
        return group.substring(1, group.length() - 1).replace("\\n", "\n").replaceAll("\\\\(.)", "$1");
    }
}
