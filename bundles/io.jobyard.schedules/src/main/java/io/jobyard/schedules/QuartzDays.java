// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/** Rule of a Quartz expression for the days of a month. Immutable. */
sealed interface QuartzDays {

    /** Adds the days of a month to which the rule applies. */
    void addTo(BitSet days, YearMonth month);

    /** Days of any of several rules. */
    record AnyOf(List<QuartzDays> rules) implements QuartzDays {

        public AnyOf {
            rules = List.copyOf(rules);
        }

        @Override
        public void addTo(BitSet days, YearMonth month) {
            rules.forEach(rule -> rule.addTo(days, month));
        }
    }

    /** Days by their numbers, for example {@code 1,15}. A month without such a day has none. */
    record Numbered(Set<Integer> numbers) implements QuartzDays {

        public Numbered {
            numbers = Set.copyOf(numbers);
        }

        @Override
        public void addTo(BitSet days, YearMonth month) {
            numbers.stream().filter(day -> day <= month.lengthOfMonth()).forEach(days::set);
        }
    }

    /** Every such day of the week, for example {@code MON-FRI}. */
    record OfWeek(Set<DayOfWeek> weekdays) implements QuartzDays {

        public OfWeek {
            weekdays = Set.copyOf(weekdays);
        }

        @Override
        public void addTo(BitSet days, YearMonth month) {
            for (int day = 1; day <= month.lengthOfMonth(); day++) {
                days.set(
                        day, days.get(day) || weekdays.contains(month.atDay(day).getDayOfWeek()));
            }
        }
    }

    /** Number of days before the last day: {@code L} or {@code L-3}. A shorter month has none. */
    record BeforeLast(int distance) implements QuartzDays {

        @Override
        public void addTo(BitSet days, YearMonth month) {
            if (month.lengthOfMonth() > distance) {
                days.set(month.lengthOfMonth() - distance);
            }
        }
    }

    /** Monday to Friday nearest to a day, in the same month: {@code 15W}, {@code LW} or {@code L-3W}. */
    record Nearest(QuartzDays to) implements QuartzDays {

        @Override
        public void addTo(BitSet days, YearMonth month) {
            BitSet exact = new BitSet();
            to.addTo(exact, month);
            exact.stream().map(day -> nearest(month.atDay(day))).forEach(days::set);
        }

        private static int nearest(LocalDate day) {
            int number = day.getDayOfMonth();
            if (day.getDayOfWeek() == DayOfWeek.SATURDAY) {
                return number == 1 ? 3 : number - 1;
            } else if (day.getDayOfWeek() == DayOfWeek.SUNDAY) {
                return number == day.lengthOfMonth() ? number - 2 : number + 1;
            }
            return number;
        }
    }

    /** A day of the week by its count: {@code FRI#2}, or {@code FRIL} with −1. A month without such a day has none. */
    record Nth(DayOfWeek weekday, int count) implements QuartzDays {

        static final int LAST = -1;

        @Override
        public void addTo(BitSet days, YearMonth month) {
            LocalDate day = month.atDay(1).with(TemporalAdjusters.dayOfWeekInMonth(count, weekday));
            if (YearMonth.from(day).equals(month)) {
                days.set(day.getDayOfMonth());
            }
        }
    }
}
