// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.ValidationException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Parser of points in time for all interfaces: instants, times of day, and durations from now or before now. */
public final class Instants {

    private static final Pattern DATE = Pattern.compile("[+-]?\\d{4,}-.*");
    private static final DateTimeFormatter FORM = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX][X]")
            .toFormatter();

    private Instants() {}

    /**
     * Parses an instant.
     *
     * @param text for example, {@code 2027-01-31T08:00:00Z} or {@code 2027-01-31T09:00:00+01:00}
     * @return the instant; empty if the text does not begin with a date, and may be a duration or a time of day
     * @throws java.time.format.DateTimeParseException if the text begins with a date but is not an instant, for example without an offset
     */
    public static Optional<Instant> parse(String text) {
        return DATE.matcher(text).matches() ? Optional.of(FORM.parse(text, Instant::from)) : Optional.empty();
    }

    /**
     * Reads an instant, the next occurrence of a time of day in the host's time zone, or a duration from now.
     *
     * @param field the field or option, for the error message
     * @throws ValidationException if the text is none of them
     */
    public static Instant next(String field, String text, Instant now) {
        return read(field, text, time -> next(time, now), now::plus, "a duration from now such as 2h");
    }

    /** Reads an instant, the last occurrence of a time of day, or a duration before now; otherwise like {@link #next}. */
    public static Instant past(String field, String text, Instant now) {
        return read(field, text, time -> last(time, now), now::minus, "an age such as 2h");
    }

    private static Instant read(
            String field,
            String text,
            Function<LocalTime, Instant> ofTheDay,
            Function<Duration, Instant> distant,
            String distance) {
        try {
            return parse(text)
                    .orElseGet(() -> text.contains(":")
                            ? ofTheDay.apply(LocalTime.parse(text))
                            : distant.apply(Durations.parse(field, text)));
        } catch (DateTimeParseException | ValidationException e) {
            throw new ValidationException(
                    field,
                    "invalid " + field + " = '" + text
                            + "'; use an instant such as 2027-01-31T08:00:00Z, a time of day"
                            + " such as 18:30, or " + distance);
        }
    }

    private static Instant last(LocalTime time, Instant now) {
        ZonedDateTime here = now.atZone(ZoneId.systemDefault());
        ZonedDateTime today = here.with(time);
        return (today.isAfter(here) ? here.minusDays(1).with(time) : today).toInstant();
    }

    private static Instant next(LocalTime time, Instant now) {
        ZonedDateTime here = now.atZone(ZoneId.systemDefault());
        ZonedDateTime today = here.with(time);
        return (today.isAfter(here) ? today : here.plusDays(1).with(time)).toInstant();
    }
}
