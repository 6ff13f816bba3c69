// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import io.jobyard.schedules.QuartzTimes.ClockFields;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Parser of a cron expression with the fields of Quartz. It accepts what the Javadoc of {@code org.quartz.CronExpression} 2.5.2 describes,
 * and rejects what Quartz accepts but ignores, for example the step of {@code MON-FRI/2}.
 */
final class QuartzExpression {

    private static final String USE =
            "use six fields (second, minute, hour, day of month, month, day of week), and a year as seventh if needed,"
                    + " for example 0 0 2 ? * MON-FRI";
    private static final Pattern LAST_DAY = Pattern.compile("L(?:-(\\d{1,2}))?(W?)");
    private static final Pattern NEAREST = Pattern.compile("(\\d{1,2})W");
    private static final Pattern NTH = Pattern.compile("([A-Z]{3}|\\d)(?:#(\\d)|L)");
    private static final int LONGEST_DISTANCE = 30;

    private final String expression;

    private QuartzExpression(String expression) {
        this.expression = expression;
    }

    /** @throws IllegalArgumentException if the expression is invalid; the message names the field and the fix */
    static QuartzTimes parse(String expression) {
        return new QuartzExpression(expression).parsed();
    }

    private QuartzTimes parsed() {
        String[] all = expression.strip().toUpperCase(Locale.ROOT).split("\\s+");
        if (all.length < 6 || all.length > 7) {
            throw invalid(all.length == 1 ? "it has 1 field" : "it has " + all.length + " fields", USE);
        }
        ClockFields clock = new ClockFields(
                values(QuartzField.SECOND, all[0]),
                values(QuartzField.MINUTE, all[1]),
                values(QuartzField.HOUR, all[2]));
        BitSet months = values(QuartzField.MONTH, all[4]);
        BitSet years = values(QuartzField.YEAR, all.length == 7 ? all[6] : "*");
        return new QuartzTimes(clock, days(all[3], all[5]), months, years, LocalTimes.isAnyHour(all[2]));
    }

    private QuartzDays days(String ofMonth, String ofWeek) {
        boolean anyOfMonth = ofMonth.equals("?");
        if (anyOfMonth == ofWeek.equals("?")) {
            throw invalid(
                    anyOfMonth ? "both day fields are ?" : "it has both a day of month and a day of week",
                    "use ? in exactly one of the two fields, for example 0 0 2 1 * ? or 0 0 2 ? * MON");
        }
        return anyOfMonth ? daysOfWeek(ofWeek) : daysOfMonth(ofMonth);
    }

    private QuartzDays daysOfMonth(String field) {
        List<QuartzDays> rules = new ArrayList<>();
        for (String part : parts(field)) {
            Matcher last = LAST_DAY.matcher(part);
            Matcher nearest = NEAREST.matcher(part);
            if (last.matches()) {
                int distance = last.group(1) == null ? 0 : Integer.parseInt(last.group(1));
                if (distance > LONGEST_DISTANCE) {
                    throw invalid(QuartzField.DAY_OF_MONTH, part, "use L-0 to L-" + LONGEST_DISTANCE);
                }
                QuartzDays day = new QuartzDays.BeforeLast(distance);
                rules.add(last.group(2).isEmpty() ? day : new QuartzDays.Nearest(day));
            } else if (nearest.matches()) {
                BitSet day = values(QuartzField.DAY_OF_MONTH, nearest.group(1));
                rules.add(new QuartzDays.Nearest(numbered(day)));
            } else {
                rules.add(numbered(values(QuartzField.DAY_OF_MONTH, part)));
            }
        }
        return new QuartzDays.AnyOf(rules);
    }

    private static QuartzDays numbered(BitSet days) {
        return new QuartzDays.Numbered(days.stream().boxed().collect(Collectors.toSet()));
    }

    private QuartzDays daysOfWeek(String field) {
        Matcher nth = NTH.matcher(field);
        if (nth.matches()) {
            int count = nth.group(2) == null ? QuartzDays.Nth.LAST : Integer.parseInt(nth.group(2));
            if (count == 0 || count > 5) {
                throw invalid(QuartzField.DAY_OF_WEEK, field, "use a number from 1 to 5 after #, for example 6#3");
            }
            int day = values(QuartzField.DAY_OF_WEEK, nth.group(1)).nextSetBit(0);
            return new QuartzDays.Nth(weekday(day), count);
        } else if (field.contains("#") || field.contains("L") && field.length() > 1) {
            throw invalid(
                    QuartzField.DAY_OF_WEEK, field, "use a single day with # or L, for example 6#3, FRI#3, 6L or FRIL");
        }
        BitSet days = values(QuartzField.DAY_OF_WEEK, field.equals("L") ? "SAT" : field);
        return new QuartzDays.OfWeek(
                days.stream().mapToObj(QuartzExpression::weekday).collect(Collectors.toSet()));
    }

    /** Returns the day of a number of Quartz: 1 is Sunday. */
    private static DayOfWeek weekday(int number) {
        return DayOfWeek.SUNDAY.plus(number - 1L);
    }

    private BitSet values(QuartzField field, String text) {
        BitSet values = new BitSet();
        for (String part : parts(text)) {
            try {
                field.addTo(values, part);
            } catch (IllegalArgumentException e) {
                throw invalid(field, part, String.valueOf(e.getMessage()));
            }
        }
        return values;
    }

    private static String[] parts(String field) {
        return field.split(",", -1);
    }

    private IllegalArgumentException invalid(QuartzField field, String part, String fix) {
        return invalid("'" + part + "' is not " + field.words(), fix);
    }

    private IllegalArgumentException invalid(String problem, String fix) {
        return new IllegalArgumentException("invalid cron '" + expression + "': " + problem + ": " + fix);
    }
}
