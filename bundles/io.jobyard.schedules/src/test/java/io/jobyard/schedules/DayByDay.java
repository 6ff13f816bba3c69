// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.BitSet;
import java.util.List;
import java.util.TreeSet;

/**
 * The times of a cron expression, found in another way: every day, its local times one by one, each with the offsets that
 * {@code java.time} says are valid for it.
 */
final class DayByDay {

    private static final List<String> MONTHS =
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
    private static final List<String> DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

    private final BitSet seconds;
    private final BitSet minutes;
    private final BitSet hours;
    private final BitSet days;
    private final BitSet months;
    private final BitSet weekdays;
    private final boolean eitherDay;
    private final boolean anyHour;

    DayByDay(String expression) {
        String[] all = spelled(expression).split(" ");
        int at = all.length - 5;
        seconds = field(at == 0 ? "0" : all[0], 0, 59, List.of());
        minutes = field(all[at], 0, 59, List.of());
        hours = field(all[at + 1], 0, 23, List.of());
        days = field(all[at + 2], 1, 31, List.of());
        months = field(all[at + 3], 1, 12, MONTHS);
        weekdays = field(all[at + 4], 0, 7, DAYS);
        weekdays.set(0, weekdays.get(0) || weekdays.get(7));
        eitherDay = !all[at + 2].equals("*") && !all[at + 4].equals("*");
        anyHour = all[at + 1].contains("*") || all[at + 1].contains("/");
    }

    private static String spelled(String expression) {
        return switch (expression) {
            case "@hourly" -> "0 * * * *";
            case "@daily", "@midnight" -> "0 0 * * *";
            case "@weekly" -> "0 0 * * 0";
            case "@monthly" -> "0 0 1 * *";
            case "@yearly", "@annually" -> "0 0 1 1 *";
            default -> expression;
        };
    }

    private static BitSet field(String text, int least, int most, List<String> names) {
        BitSet values = new BitSet();
        for (String part : text.split(",")) {
            String[] stepped = part.split("/");
            String[] range = stepped[0].split("-");
            int from = stepped[0].equals("*") ? least : number(range[0], least, names);
            int to = stepped[0].equals("*") || range.length == 1 && stepped.length == 2
                    ? most
                    : number(range[range.length - 1], least, names);
            for (int value = from; value <= to; value += stepped.length == 2 ? Integer.parseInt(stepped[1]) : 1) {
                values.set(value);
            }
        }
        return values;
    }

    private static int number(String text, int least, List<String> names) {
        int name = names.indexOf(text);
        return name < 0 ? Integer.parseInt(text) : name + least;
    }

    /** From the beginning of one day to that of another, in the zone. */
    TreeSet<Instant> times(ZoneId zone, LocalDate from, LocalDate to) {
        TreeSet<Instant> times = new TreeSet<>();
        for (LocalDate day = from; day.isBefore(to); day = day.plusDays(1)) {
            if (isOn(day)) {
                addDay(zone, day, times);
            }
        }
        return times;
    }

    private boolean isOn(LocalDate day) {
        boolean ofMonth = days.get(day.getDayOfMonth());
        boolean ofWeek = weekdays.get(day.getDayOfWeek().getValue() % 7);
        return months.get(day.getMonthValue()) && (eitherDay ? ofMonth || ofWeek : ofMonth && ofWeek);
    }

    private void addDay(ZoneId zone, LocalDate day, TreeSet<Instant> times) {
        hours.stream()
                .forEach(hour -> minutes.stream()
                        .forEach(minute -> seconds.stream()
                                .forEach(second -> add(zone, day.atTime(LocalTime.of(hour, minute, second)), times))));
    }

    private void add(ZoneId zone, LocalDateTime local, TreeSet<Instant> times) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        if (offsets.isEmpty()) {
            ZoneOffsetTransition gap = zone.getRules().getTransition(local);
            times.add(gap.getInstant());
        } else {
            times.add(local.toInstant(offsets.get(0)));
            if (offsets.size() == 2 && anyHour) {
                times.add(local.toInstant(offsets.get(1)));
            }
        }
    }
}
