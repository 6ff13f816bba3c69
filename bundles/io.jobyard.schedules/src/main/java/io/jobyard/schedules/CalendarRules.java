// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import io.jobyard.settings.api.SettingsReader;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checked values of {@code io.jobyard.calendars-NAME}: the times at which a calendar is open, in local time. Immutable.
 *
 * @param include open times; every time if empty
 * @param exclude closed times, even if they are included
 */
record CalendarRules(List<CalendarEntry> include, List<CalendarEntry> exclude) {

    static final String FACTORY = "io.jobyard.calendars";
    /** Rules of a calendar whose configuration has never been valid: it is always closed. */
    static final CalendarRules SHUT = new CalendarRules(List.of(), List.of(CalendarEntry.parse("00:00..24:00")));

    private static final Duration YEAR = Duration.ofDays(366);

    CalendarRules {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
    }

    static CalendarRules read(SettingsReader reader, Instant now) {
        CalendarRules rules = new CalendarRules(
                reader.value("include", List.of(), CalendarRules::entries),
                reader.value("exclude", List.of(), CalendarRules::entries));
        if (!reader.has("include") && !reader.has("exclude")) {
            reader.refuse("missing entries: set include, exclude or both");
        } else if (new OpenTimes(ZoneOffset.UTC, List.of(FACTORY), Map.of(FACTORY, rules))
                .opening(now, now.plus(YEAR))
                .isEmpty()) {
            reader.refuse(
                    "invalid calendar: it is closed for the whole next year; add to include, or remove from exclude");
        }
        return rules;
    }

    private static List<CalendarEntry> entries(String text) {
        return Stream.of(text.split(",", -1))
                .map(String::strip)
                .map(CalendarEntry::parse)
                .toList();
    }

    boolean isOpen(LocalDateTime time) {
        return (include.isEmpty() || include.stream().anyMatch(entry -> entry.contains(time)))
                && exclude.stream().noneMatch(entry -> entry.contains(time));
    }

    Stream<CalendarEntry> entries() {
        return Stream.concat(include.stream(), exclude.stream());
    }

    @Override
    public String toString() {
        return "include = " + text(include) + ", exclude = " + text(exclude);
    }

    private static String text(List<CalendarEntry> entries) {
        return entries.stream().map(CalendarEntry::text).collect(Collectors.joining(", "));
    }
}
