// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Syntax of a cron expression. */
public enum CronSyntax {
    /** Five fields from the minute to the day of the week, six with seconds before them, or a word, for example {@code @daily}. */
    UNIX,
    /**
     * The fields of Quartz's {@code CronExpression}: second, minute, hour, day of the month, month, day of the week, and an optional year.
     * Sunday is 1. The day fields accept {@code ?}, {@code L}, {@code W}, {@code LW}, {@code L-3} and {@code #}.
     */
    QUARTZ;

    /** {@return the text form in options, files and JSON, for example {@code quartz}} */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Parses a syntax.
     *
     * @param text name of the syntax
     * @throws ValidationException if the syntax is unknown; the message lists the known syntaxes
     */
    public static CronSyntax of(String text) {
        return Arrays.stream(values())
                .filter(syntax -> syntax.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new ValidationException("unknown cron syntax '" + text + "'; use "
                        + Arrays.stream(values()).map(CronSyntax::text).collect(Collectors.joining(", "))));
    }
}
