// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.limits;

import java.util.List;

/**
 * A limit as the terms of jobs, their lanes and the store name it: {@code openai}, or {@code models=gpt-4o} where the
 * limit counts each value of its key apart.
 *
 * @param value the value; empty if the limit counts none apart, or the job has none
 */
public record NamedLimit(String name, String value) {

    /** How many characters of a value count, as {@link #text()} has them. */
    public static final int LONGEST_VALUE = 100;

    private static final char SIGN = '=';
    private static final String ALSO = "._:/@+-";

    /** Reads what {@link #text()} gave. */
    public static NamedLimit parse(String text) {
        int sign = text.indexOf(SIGN);
        return sign < 0 ? new NamedLimit(text, "") : new NamedLimit(text.substring(0, sign), text.substring(sign + 1));
    }

    /** Reads each of them, in order. */
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

    /** Whether it is more than the name alone. */
    public boolean hasValue() {
        return !value.isEmpty();
    }

    /** The name with a text such as {@code (hidden)} in place of the value, for those who may not see it. */
    public String withValue(String text) {
        return name + SIGN + text;
    }

    /** As it is stored and shown, such as {@code models=gpt-4o}; the name alone without a value. */
    public String text() {
        return hasValue() ? name + SIGN + value : name;
    }
}
