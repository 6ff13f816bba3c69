// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.limits;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Consecutive periods of a budget. Seconds, minutes and hours are counted from 1970 UTC. Days, weeks (from Monday) and months follow the
 * calendar of a zone, so some days have 23 or 25 hours. Instants are nanoseconds since 1970 UTC.
 *
 * @param count number of spans per period
 */
public record BudgetPeriod(Span span, int count, ZoneId zone) {

    private static final long SECOND = 1_000_000_000L;
    private static final long DAY = 86_400 * SECOND;
    private static final LocalDate FIRST_DAY = LocalDate.EPOCH;
    private static final LocalDate FIRST_MONDAY = FIRST_DAY.with(DayOfWeek.MONDAY);

    /** Span of time. */
    public enum Span {
        /** A second. */
        SECOND("s", BudgetPeriod.SECOND),
        /** A minute. */
        MINUTE("m", 60 * BudgetPeriod.SECOND),
        /** An hour. */
        HOUR("h", 3_600 * BudgetPeriod.SECOND),
        /** A day, from midnight. */
        DAY("d", BudgetPeriod.DAY),
        /** A week, from Monday. */
        WEEK("w", 7 * BudgetPeriod.DAY),
        /** A month, from its first day. */
        MONTH("month", 30 * BudgetPeriod.DAY);

        private final String text;
        private final long nanos;

        Span(String text, long nanos) {
            this.text = text;
            this.nanos = nanos;
        }

        /** Parses a span, for example {@code d}. */
        public static Span of(String text) {
            for (Span span : values()) {
                if (span.text.equals(text)) {
                    return span;
                }
            }
            throw new IllegalArgumentException("use s, m, h, d, w or month");
        }
    }

    /** Returns the approximate length of a period in nanoseconds, which stored uses are based on. */
    public long usualNanos() {
        return count * span.nanos;
    }

    /** Returns the number of the period that contains an instant. Consecutive periods have consecutive numbers. */
    public long at(long nanos) {
        LocalDate day = day(nanos);
        return switch (span) {
            case SECOND, MINUTE, HOUR -> Math.floorDiv(nanos, usualNanos());
            case DAY -> Math.floorDiv(day.toEpochDay(), count);
            case WEEK -> Math.floorDiv(day.toEpochDay() - FIRST_MONDAY.toEpochDay(), 7L * count);
            case MONTH -> Math.floorDiv(months(day), count);
        };
    }

    /** Returns the begin of the period with a number. */
    public long begin(long number) {
        return switch (span) {
            case SECOND, MINUTE, HOUR -> number * usualNanos();
            case DAY -> midnight(FIRST_DAY.plusDays(number * count));
            case WEEK -> midnight(FIRST_MONDAY.plusDays(7 * number * count));
            case MONTH -> midnight(FIRST_DAY.plusMonths(number * count));
        };
    }

    private LocalDate day(long nanos) {
        return LocalDate.ofInstant(Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND)), zone);
    }

    private static long months(LocalDate day) {
        return (day.getYear() - FIRST_DAY.getYear()) * 12L + day.getMonthValue() - 1;
    }

    private long midnight(LocalDate day) {
        return day.atStartOfDay(zone).toEpochSecond() * SECOND;
    }

    @Override
    public String toString() {
        String of = (count == 1 ? "" : count) + span.text;
        return zone.equals(ZoneOffset.UTC) ? of : of + " " + zone;
    }
}
