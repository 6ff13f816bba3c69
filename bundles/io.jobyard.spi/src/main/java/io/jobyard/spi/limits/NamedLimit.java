// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.limits;

import java.util.List;

/**
 * Limit in the terms of jobs, their lanes and the store: {@code openai}, or {@code models=gpt-4o} if the limit counts each value of its key
 * separately.
 *
 * @param value empty if the limit has no key, or the job has no value
 */
public record NamedLimit(String name, String value) {

    /** Number of characters of a value that count, in its {@link #text()} form. */
    public static final int LONGEST_VALUE = 100;

    private static final char SIGN = '=';
    private static final String ALSO = "._:/@+-";

    /** Parses the text from {@link #text()}. */
    public static NamedLimit parse(String text) {
        int sign = text.indexOf(SIGN);
        return sign < 0 ? new NamedLimit(text, "") : new NamedLimit(text.substring(0, sign), text.substring(sign + 1));
    }

    /** Parses several texts, in order. */
    public static List<NamedLimit> all(List<String> texts) {
        return texts.stream().map(NamedLimit::parse).toList();
    }

    /**
     * Creates the limit for the value of a job. Letters, digits and {@code . _ : / @ + -} remain; other characters become their number
     * between percent signs, so that different values stay different. Only the beginning of a long value counts.
     *
     * @param raw the value, with any content; may be empty
     */
    public static NamedLimit of(String name, String raw) {
        StringBuilder value = new StringBuilder();
        for (int at = 0; at < raw.length(); at = raw.offsetByCodePoints(at, 1)) {
            int character = raw.codePointAt(at);
            String next = Character.isLetterOrDigit(character) || ALSO.indexOf(character) >= 0
                    ? Character.toString(character)
                    : "%" + Integer.toHexString(character) + "%";
            if (value.length() + next.length() > LONGEST_VALUE) {
                break;
            }
            value.append(next);
        }
        return new NamedLimit(name, value.toString());
    }

    /** Returns whether the text from {@link #text()} has a value. */
    public static boolean hasValue(String text) {
        return text.indexOf(SIGN) >= 0;
    }

    /** Returns whether the limit has a value. */
    public boolean hasValue() {
        return !value.isEmpty();
    }

    /** Returns the name with a text, for example {@code (hidden)}, in place of the value, for readers who may not see it. */
    public String withValue(String text) {
        return name + SIGN + text;
    }

    /** Returns the text form, for example {@code models=gpt-4o}; without a value, only the name. */
    public String text() {
        return hasValue() ? name + SIGN + value : name;
    }
}
