// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.ValidationException;
import io.jobyard.views.api.Durations;
import io.jobyard.views.api.Instants;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Parses times and durations. */
final class TimeOptions {

    private TimeOptions() {}

    /** Reads an instant, the next occurrence of a local time, or a duration from now; returns null for null. */
    static @Nullable Instant next(String name, @Nullable String text, Instant now) {
        return read(name, text, time -> next(time, now), now::plus, "a duration from now such as");
    }

    /** Reads an instant, the last occurrence of a local time, or a duration before now; returns null for null. */
    static @Nullable Instant past(String name, @Nullable String text, Instant now) {
        return read(name, text, time -> last(time, now), now::minus, "an age such as");
    }

    private static @Nullable Instant read(
            String name,
            @Nullable String text,
            Function<LocalTime, Instant> ofTheDay,
            Function<Duration, Instant> from,
            String distance) {
        if (text == null) {
            return null;
        }
        try {
            return Instants.parse(text)
                    .orElseGet(() -> text.contains(":")
                            ? ofTheDay.apply(LocalTime.parse(text))
                            : from.apply(Durations.parse(name, text)));
        } catch (DateTimeParseException | ValidationException e) {
            throw new UsageException(name + " '" + text
                    + "' is not a time: use an instant such as 2027-01-31T08:00:00Z, a time of day such as 18:30, or "
                    + distance + " 30m, 2h or 1d");
        }
    }

    /** Reads a duration from an option. */
    static Duration duration(String name, String text) {
        try {
            return Durations.parse(name, text);
        } catch (ValidationException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
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
