// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of both clock changes is what the code does. {@code -Djobyard.docs.write=true} writes it. */
class ClockChangesPageTest {

    private static final Path PAGE = Path.of("..", "..", "docs", "how-to", "schedules.md");
    private static final String BEGIN = "<!-- The table is made by ClockChangesPageTest. -->\n";
    private static final String END = "<!-- End of the table. -->\n";
    private static final List<String> EXPRESSIONS =
            List.of("30 1 * * *", "30 2 * * *", "*/20 2 * * *", "30 * * * *", "30 */2 * * *", "0 0-23 * * *");

    private record Night(String zone, LocalDate day) {}

    private static final List<Night> NIGHTS = List.of(
            new Night("Europe/Berlin", LocalDate.of(2026, 3, 29)),
            new Night("Europe/Berlin", LocalDate.of(2026, 10, 25)),
            new Night("America/New_York", LocalDate.of(2026, 3, 8)),
            new Night("America/New_York", LocalDate.of(2026, 11, 1)));

    @Test
    void theTableTellsWhatIsDone() throws Exception {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        String table = table();
        if (Boolean.getBoolean("jobyard.docs.write")) {
            page = page.substring(0, begin) + table + page.substring(page.indexOf(END));
            Files.writeString(PAGE, page);
        }
        assertThat(page.substring(begin, page.indexOf(END))).isEqualTo(table);
    }

    private static String table() {
        Stream<String> lines =
                Stream.concat(EXPRESSIONS.stream().map(each -> row("`" + each + "`", each)), Stream.of(intervals()));
        return "| | "
                + NIGHTS.stream().map(night -> night.zone() + " " + night.day()).collect(Collectors.joining(" | "))
                + " |\n|---|---|---|---|---|\n" + lines.collect(Collectors.joining());
    }

    private static String row(String first, String expression) {
        return "| " + first + " | "
                + NIGHTS.stream()
                        .map(night -> times(CronTimingTest.unix(expression, ZoneId.of(night.zone())), night))
                        .collect(Collectors.joining(" | "))
                + " |\n";
    }

    private static String intervals() {
        return "| `every` 1h | "
                + NIGHTS.stream()
                        .map(night -> times(new IntervalTiming(Duration.ofHours(1), false), night))
                        .collect(Collectors.joining(" | "))
                + " |\n";
    }

    /** From one o'clock to four. */
    private static String times(Timing timing, Night night) {
        ZoneId zone = ZoneId.of(night.zone());
        Instant from = night.day().atTime(1, 0).atZone(zone).toInstant();
        Instant after = timing instanceof CronTiming ? from.minusMillis(1) : from.minusSeconds(3_600);
        Instant until = night.day().atTime(4, 0).atZone(zone).toInstant().minusMillis(1);
        String times = timing.first(after, until, 100).stream()
                .map(at -> told(at.atZone(zone)))
                .collect(Collectors.joining(", "));
        return times.isEmpty() ? "–" : times;
    }

    private static String told(ZonedDateTime time) {
        return DateTimeFormatter.ofPattern("HH:mm zzz", Locale.ENGLISH).format(time);
    }
}
