// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.text;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Pattern of names, for example of job types, with {@code *} for any characters.
 *
 * @param text pattern, for example {@code llm_*}
 */
public record Glob(String text) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._*-]{1,200}");

    private static final String USE = "use names, with * for any characters, and commas between them: llm_*,embed";

    /** @throws IllegalArgumentException if the pattern has characters that names cannot have; the message contains the fix */
    public Glob {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(USE);
        }
    }

    /**
     * Parses a list of patterns, for example {@code llm_*,embed}.
     *
     * @param text patterns, separated by commas
     * @return at least one pattern
     * @throws IllegalArgumentException if the list is empty, or a pattern is invalid; the message contains the fix
     */
    public static List<Glob> list(String text) {
        List<Glob> globs = Stream.of(text.split(","))
                .map(String::strip)
                .filter(glob -> !glob.isEmpty())
                .map(Glob::new)
                .toList();
        if (globs.isEmpty()) {
            throw new IllegalArgumentException(USE);
        }
        return globs;
    }

    /** Returns whether one of the patterns matches the whole name. */
    public static boolean anyMatches(Collection<Glob> globs, String name) {
        return globs.stream().anyMatch(glob -> glob.matches(name));
    }

    /**
     * Returns whether the pattern matches the whole name. Each part between asterisks is matched at its leftmost position, which finds a
     * match if one exists.
     */
    public boolean matches(String name) {
        String[] parts = text.split("\\*+", -1);
        if (parts.length == 1) {
            return text.equals(name);
        }
        int end = name.length() - parts[parts.length - 1].length();
        if (!name.startsWith(parts[0]) || !name.endsWith(parts[parts.length - 1])) {
            return false;
        }
        int at = parts[0].length();
        for (int i = 1; i < parts.length - 1; i++) {
            int found = name.indexOf(parts[i], at);
            if (found < 0) {
                return false;
            }
            at = found + parts[i].length();
        }
        return at <= end;
    }

    @Override
    public String toString() {
        return text;
    }
}
