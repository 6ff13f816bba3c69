// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.ValidationException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations in text form. */
public final class Durations {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    private Durations() {}

    /**
     * Parses a duration.
     *
     * @param name the name of the value, for error messages
     * @param text for example, {@code 500ms}, {@code 30s}, {@code 5m}, {@code 2h} or {@code 1d}
     * @throws ValidationException if the text is not a duration
     */
    public static Duration parse(String name, String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new ValidationException(
                    "invalid " + name + " '" + text + "'; use a duration, for example 500ms, 30s, 5m, 2h or 1d");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    /**
     * Formats a duration, for example {@code 90s}, in the largest unit that represents it exactly, without fractions of a millisecond.
     * {@link #parse} can read the result.
     */
    public static String text(Duration duration) {
        long millis = duration.toMillis();
        return millis % 86_400_000 == 0 && millis > 0
                ? duration.toDays() + "d"
                : millis % 3_600_000 == 0 && millis > 0
                        ? duration.toHours() + "h"
                        : millis % 60_000 == 0 && millis > 0
                                ? duration.toMinutes() + "m"
                                : millis % 1_000 == 0 ? duration.toSeconds() + "s" : millis + "ms";
    }
}
