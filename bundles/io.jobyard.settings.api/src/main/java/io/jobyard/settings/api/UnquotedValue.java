// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Removal of a refused value from the message about it, because it may be a misplaced secret. */
final class UnquotedValue {

    private static final String INSTEAD = "(value)";
    private static final int SHORTEST = 4;
    private static final Pattern QUOTED = Pattern.compile("'([^']+)'|\"([^\"]+)\"");

    private UnquotedValue() {}

    /** Replaces the value and each part of it that the message quotes. Occurrences of the value within other words are kept. */
    static String in(String message, Object value) {
        String whole = value.toString().strip();
        String without = quoted(message, value);
        return whole.length() < SHORTEST
                ? without
                : Pattern.compile("(?<![\\w./:*-])" + Pattern.quote(whole) + "(?![\\w./*-])")
                        .matcher(without)
                        .replaceAll(INSTEAD);
    }

    /** Returns the value, and its elements if it is a list. */
    private static List<String> parts(String value) {
        return Stream.concat(Stream.of(value), Stream.of(value.split(",")).map(String::strip))
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /** Replaces each part of the value that the message quotes. */
    static String quoted(String message, Object value) {
        String whole = value.toString().strip();
        String without = message;
        for (String part : parts(whole)) { // which may contain quotation marks
            without = without.replace("\"" + part + "\"", INSTEAD).replace("'" + part + "'", INSTEAD);
        }
        return QUOTED.matcher(without).replaceAll(quoted -> {
            String part = quoted.group(1) == null ? quoted.group(2) : quoted.group(1);
            return whole.contains(part.strip()) ? INSTEAD : Matcher.quoteReplacement(quoted.group());
        });
    }
}
