// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import io.jobyard.api.handler.PermanentException;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What a value from a payload must be like.
 *
 * @param pattern for the whole value
 */
record ArgumentRule(Pattern pattern) {

    static final ArgumentRule ANY = new ArgumentRule(Pattern.compile("[^\\x00]*"));

    private static final int LONGEST = 4_096;
    /** How an expression begins that means values that may begin with a dash. */
    private static final Pattern DASH = Pattern.compile("\\^?(\\((\\?:)?)*\\[?\\\\?-.*", Pattern.DOTALL);

    static ArgumentRule parse(String expression) {
        try {
            return new ArgumentRule(Pattern.compile(expression));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("use a regular expression; " + e.getDescription());
        }
    }

    /** Throws if the value is refused. What it throws does not repeat the value. */
    void check(String name, String value) {
        if (value.length() > LONGEST) {
            throw refused(name, "has " + value.length() + " characters, more than " + LONGEST);
        } else if (value.indexOf('\0') >= 0) {
            throw refused(name, "has a character NUL, which no argument may have");
        } else if (value.startsWith("-") && !DASH.matcher(pattern.pattern()).matches()) {
            throw refused(
                    name,
                    "begins with -, so that a program could take it for an option; if that is meant, let argument."
                            + name + " begin with - too, such as -?[0-9]+");
        } else if (!pattern.matcher(value).matches()) {
            throw refused(name, "does not match " + pattern.pattern());
        }
    }

    private static PermanentException refused(String name, String why) {
        return new PermanentException("arguments: " + name + " " + why);
    }

    /** A pattern has no equality of its own. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ArgumentRule rule && rule.pattern.pattern().equals(pattern.pattern());
    }

    @Override
    public int hashCode() {
        return pattern.pattern().hashCode();
    }
}
