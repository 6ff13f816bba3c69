// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Query for sums of usage. The whole usage of a run counts at the start of its handler.
 *
 * @param since earliest start of a run
 * @param until latest start of a run, exclusive
 * @param by grouping: {@code user}, {@code type}, {@code model}, or {@code label.NAME}; each at most once
 * @param per period of a sum; null for one sum over the whole time
 * @param zone in which days, weeks and months begin
 * @param submitter only jobs of this submitter; null for all
 * @param type only jobs of this type; null for all
 * @param unit only this unit; null for all
 */
public record UsageQuery(
        Instant since,
        Instant until,
        List<String> by,
        @Nullable Period per,
        ZoneId zone,
        @Nullable String submitter,
        @Nullable String type,
        @Nullable String unit) {

    /** Maximum number of sums. */
    public static final int MAX_SUMS = 10_000;

    /** Prefix of a label's name in a grouping. */
    public static final String LABEL = "label.";

    /** Period of a sum. */
    public enum Period {
        /** A day. */
        DAY,
        /** A week, which begins on Monday. */
        WEEK,
        /** A month. */
        MONTH;

        /** {@return the first day of the period that contains a day: that day or an earlier one} */
        public LocalDate begin(LocalDate day) {
            return switch (this) {
                case DAY -> day;
                case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                case MONTH -> day.withDayOfMonth(1);
            };
        }

        /**
         * Parses a period.
         *
         * @param text {@code day}, {@code week} or {@code month}
         * @throws ValidationException if the period is unknown
         */
        public static Period of(String text) {
            for (Period period : values()) {
                if (period.name().toLowerCase(Locale.ROOT).equals(text)) {
                    return period;
                }
            }
            throw new ValidationException("per", "invalid period '" + text + "'; use day, week or month");
        }
    }

    /** @throws ValidationException if the time is empty, or the grouping is invalid */
    public UsageQuery {
        if (!since.isBefore(until)) {
            throw new ValidationException(
                    "since", "invalid since " + since + ": it is not before until " + until + "; use an earlier time");
        }
        by = List.copyOf(by);
        by.forEach(UsageQuery::requireGroup);
        if (new LinkedHashSet<>(by).size() < by.size()) {
            throw new ValidationException(
                    "by", "duplicate key in by: " + String.join(", ", by) + "; use each key once");
        }
    }

    private static void requireGroup(String name) {
        boolean known = switch (name) {
            case "user", "type", "model" -> true;
            default -> name.startsWith(LABEL) && name.length() > LABEL.length();
        };
        if (!known) {
            throw new ValidationException(
                    "by", "invalid grouping '" + name + "'; use user, type, model, or label.NAME of a label");
        }
    }

    /** Returns a copy for the jobs of one submitter. */
    public UsageQuery withSubmitter(String value) {
        return new UsageQuery(since, until, by, per, zone, value, type, unit);
    }
}
