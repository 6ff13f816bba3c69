// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Job types, with {@code *} for any characters. */
record Glob(String text) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._*-]{1,200}");

    Glob {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "use job types, with * for any characters, and commas between them: llm_*,embed");
        }
    }

    /** Reads {@code llm_*,embed}. */
    static List<Glob> list(String text) {
        return Stream.of(text.split(","))
                .map(String::strip)
                .filter(glob -> !glob.isEmpty())
                .map(Glob::new)
                .toList();
    }

    /** Takes the leftmost place for each part between stars, which finds a match if there is one. */
    boolean matches(String type) {
        String[] parts = text.split("\\*+", -1);
        if (parts.length == 1) {
            return text.equals(type);
        }
        int end = type.length() - parts[parts.length - 1].length();
        if (!type.startsWith(parts[0]) || !type.endsWith(parts[parts.length - 1])) {
            return false;
        }
        int at = parts[0].length();
        for (int i = 1; i < parts.length - 1; i++) {
            int found = type.indexOf(parts[i], at);
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
