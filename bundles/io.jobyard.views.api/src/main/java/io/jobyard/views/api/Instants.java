// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Optional;
import java.util.regex.Pattern;

/** Parser of instants for all interfaces: ISO 8601 with a date, a time and any offset. */
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
}
