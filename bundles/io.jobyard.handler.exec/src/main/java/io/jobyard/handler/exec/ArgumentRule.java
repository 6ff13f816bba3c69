// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import io.jobyard.api.handler.PermanentException;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The rule for a value from a payload.
 *
 * @param pattern the pattern of the whole value
 */
record ArgumentRule(Pattern pattern) {

    static final ArgumentRule ANY = new ArgumentRule(Pattern.compile("[^\\x00]*"));

    private static final int LONGEST = 4_096;
    /** The start of a pattern that accepts values that begin with a dash. */
    private static final Pattern DASH = Pattern.compile("\\^?(\\((\\?:)?)*\\[?\\\\?-.*", Pattern.DOTALL);

    static ArgumentRule parse(String expression) {
        try {
            return new ArgumentRule(Pattern.compile(expression));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("use a regular expression; " + e.getDescription());
        }
    }

    /** Throws if the value is invalid. The exception does not contain the value. */
    void check(String name, String value) {
        if (value.length() > LONGEST) {
            throw refused(name, "has " + value.length() + " characters, more than the maximum of " + LONGEST);
        } else if (value.indexOf('\0') >= 0) {
            throw refused(name, "contains a NUL character, which is not allowed in arguments");
        } else if (value.startsWith("-") && !DASH.matcher(pattern.pattern()).matches()) {
            throw refused(
                    name,
                    "begins with -, so a program could read it as an option; if that is intended, let argument." + name
                            + " begin with - too, for example -?[0-9]+");
        } else if (!pattern.matcher(value).matches()) {
            throw refused(name, "does not match " + pattern.pattern());
        }
    }

    private static PermanentException refused(String name, String why) {
        return new PermanentException("invalid arguments: " + name + " " + why);
    }

    /** Compares the pattern's text, because {@link Pattern} has no equality. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ArgumentRule rule && rule.pattern.pattern().equals(pattern.pattern());
    }

    @Override
    public int hashCode() {
        return pattern.pattern().hashCode();
    }
}
