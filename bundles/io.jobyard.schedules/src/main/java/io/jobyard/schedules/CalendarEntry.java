// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Entry of a calendar: days, times of day, or times of day on days. Immutable.
 *
 * @param text the entry as written
 * @param from first minute of the day
 * @param to minute of the day after the last one; not after {@code from} if the times continue after midnight
 */
record CalendarEntry(String text, Predicate<LocalDate> days, int from, int to) {

    private static final int DAY = 24 * 60;
    private static final String TO = "..";

    /** @throws IllegalArgumentException if the entry is invalid; the message contains the reason and the fix */
    static CalendarEntry parse(String text) {
        String[] parts = text.split("\\s+");
        String last = parts[parts.length - 1];
        boolean hasTimes = last.contains(":");
        if (parts.length > (hasTimes ? 2 : 1) || hasTimes && !last.contains(TO)) {
            throw invalid(text, "days and times of day");
        }
        Predicate<LocalDate> days = parts.length == 1 && hasTimes ? day -> true : days(text, parts[0]);
        if (!hasTimes) {
            return new CalendarEntry(text, days, 0, DAY);
        }
        String[] times = ends(last);
        int from = minute(text, times[0]);
        int to = minute(text, times[1]);
        if (from == to || from == DAY) {
            throw new IllegalArgumentException(
                    "invalid entry '" + text + "': its times of day are empty: use an end after the beginning");
        } else if (to < from && parts.length == 2) {
            throw new IllegalArgumentException("invalid entry '" + text
                    + "': its times continue after midnight: write an entry for each day, for example SAT 22:00..24:00 and"
                    + " SUN 00:00..06:00");
        }
        return new CalendarEntry(text, days, from, to);
    }

    private static Predicate<LocalDate> days(String entry, String text) {
        String[] ends = ends(text);
        try {
            if (text.matches("[A-Za-z].*")) {
                return range(weekday(ends[0]), weekday(ends[1]), LocalDate::getDayOfWeek);
            } else if (ends[0].length() == "MM-dd".length()) {
                return range(MonthDay.parse("--" + ends[0]), MonthDay.parse("--" + ends[1]), MonthDay::from);
            }
            LocalDate first = LocalDate.parse(ends[0]);
            LocalDate last = LocalDate.parse(ends[1]);
            if (!last.isBefore(first)) {
                return day -> !day.isBefore(first) && !day.isAfter(last);
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            throw invalid(entry, "days");
        }
        throw new IllegalArgumentException(
                "invalid entry '" + entry + "': it ends before it begins: use an end after the beginning");
    }

    /** Returns a range of days that recur. It may continue after the end of a week or a year. */
    private static <T extends Comparable<? super T>> Predicate<LocalDate> range(
            T first, T last, Function<LocalDate, T> part) {
        boolean wraps = first.compareTo(last) > 0;
        return day -> {
            boolean isAfterFirst = part.apply(day).compareTo(first) >= 0;
            boolean isBeforeLast = part.apply(day).compareTo(last) <= 0;
            return wraps ? isAfterFirst || isBeforeLast : isAfterFirst && isBeforeLast;
        };
    }

    private static DayOfWeek weekday(String name) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.name().substring(0, "MON".length()).equals(name.toUpperCase(Locale.ROOT))) {
                return day;
            }
        }
        throw new IllegalArgumentException(name);
    }

    private static int minute(String entry, String text) {
        try {
            return text.equals("24:00") ? DAY : LocalTime.parse(text).get(ChronoField.MINUTE_OF_DAY);
        } catch (DateTimeException e) {
            throw invalid(entry, "times of day");
        }
    }

    /** Returns the two ends of a range; a text that is not a range is both of its ends. */
    private static String[] ends(String text) {
        int at = text.indexOf(TO);
        return at < 0
                ? new String[] {text, text}
                : new String[] {text.substring(0, at), text.substring(at + TO.length())};
    }

    private static IllegalArgumentException invalid(String entry, String part) {
        return new IllegalArgumentException("invalid " + part + " in '" + entry
                + "': use 2026-12-24, 12-24 for each year, SAT, 22:00..06:00, a range such as MON..FRI, or both such as"
                + " SAT 12:00..24:00");
    }

    boolean contains(LocalDateTime time) {
        int minute = time.get(ChronoField.MINUTE_OF_DAY);
        boolean isInTime = from < to ? minute >= from && minute < to : minute >= from || minute < to;
        return isInTime && days.test(time.toLocalDate());
    }

    @Override
    public String toString() {
        return text;
    }
}
