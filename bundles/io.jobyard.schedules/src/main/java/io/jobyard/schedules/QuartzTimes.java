// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Times of a cron expression with the fields of Quartz. The rules are those of the Javadoc of {@code org.quartz.CronExpression} 2.5.2.
 *
 * @param clock seconds, minutes and hours
 */
record QuartzTimes(ClockFields clock, QuartzDays days, BitSet months, BitSet years, boolean isAnyHour)
        implements LocalTimes {

    /** Fields for the time of day. */
    record ClockFields(BitSet seconds, BitSet minutes, BitSet hours) {

        private LocalTime first() {
            return LocalTime.of(hours.nextSetBit(0), minutes.nextSetBit(0), seconds.nextSetBit(0));
        }

        /** Returns the first time at or after another one; null if none follows on that day. */
        private @Nullable LocalTime from(LocalTime time) {
            int hour = hours.nextSetBit(time.getHour());
            if (hour < 0) {
                return null;
            } else if (hour > time.getHour()) {
                return first().withHour(hour);
            }
            int second = seconds.nextSetBit(time.getSecond());
            int minute = minutes.nextSetBit(second < 0 ? time.getMinute() + 1 : time.getMinute());
            if (minute < 0) {
                int later = hours.nextSetBit(hour + 1);
                return later < 0 ? null : first().withHour(later);
            }
            return LocalTime.of(hour, minute, minute > time.getMinute() ? seconds.nextSetBit(0) : second);
        }
    }

    /** @throws IllegalArgumentException if the expression is invalid; the message contains the reason */
    static QuartzTimes of(String expression) {
        return QuartzExpression.parse(expression);
    }

    @Override
    public Optional<LocalDateTime> next(LocalDateTime after) {
        LocalDateTime from = after.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        YearMonth month = YearMonth.from(from);
        LocalTime time = isOn(from.toLocalDate()) ? clock.from(from.toLocalTime()) : null;
        if (time != null) {
            return Optional.of(from.toLocalDate().atTime(time));
        }
        int day = from.getDayOfMonth() + 1;
        while (month.getYear() < years.length()) {
            int found = days(month).nextSetBit(day);
            if (found >= 0) {
                return Optional.of(month.atDay(found).atTime(clock.first()));
            }
            day = 1;
            month = following(month);
        }
        return Optional.empty();
    }

    private boolean isOn(LocalDate date) {
        return days(YearMonth.from(date)).get(date.getDayOfMonth());
    }

    /** Returns the days of a month, from 1; none if its year or the month has no times. */
    private BitSet days(YearMonth month) {
        BitSet found = new BitSet();
        if (years.get(Math.max(0, month.getYear())) && months.get(month.getMonthValue())) {
            days.addTo(found, month);
        }
        return found;
    }

    /** Returns the next month that may have times. */
    private YearMonth following(YearMonth month) {
        int later = months.nextSetBit(month.getMonthValue() + 1);
        if (later >= 0 && years.get(Math.max(0, month.getYear()))) {
            return month.withMonth(later);
        }
        int year = years.nextSetBit(Math.max(0, month.getYear() + 1));
        return YearMonth.of(year < 0 ? years.length() : year, months.nextSetBit(1));
    }
}
