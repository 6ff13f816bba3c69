// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Guess of the intended name for an unknown one. */
public final class Spelling {

    private static final int LONGEST = 200;

    private Spelling() {}

    /**
     * Returns {@code " (did you mean 'NAME'?)"} for a message about an unknown name; an empty text if no name is similar. A name is similar
     * if it differs in at most every third letter, or begins with the typed word. Upper and lower case count as equal.
     */
    public static String hint(String word, Collection<String> names) {
        String typed = word.toLowerCase(Locale.ROOT);
        if (typed.isEmpty() || typed.length() > LONGEST) {
            return "";
        }
        int most = Math.max(1, typed.length() / 3);
        return names.stream()
                .filter(name -> distance(typed, name) <= most)
                .min(Comparator.comparingInt((String name) -> distance(typed, name))
                        .thenComparing(Comparator.naturalOrder()))
                .or(() -> names.stream()
                        .filter(name -> name.startsWith(typed))
                        .sorted()
                        .findFirst())
                .map(name -> " (did you mean '" + name + "'?)")
                .orElse("");
    }

    /** Returns the number of letters to insert, delete, replace, or exchange with their neighbor, to get from one name to the other. */
    private static int distance(String typed, String name) {
        String other = name.toLowerCase(Locale.ROOT);
        int[][] edits = new int[typed.length() + 1][other.length() + 1];
        for (int i = 0; i <= typed.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : edits(edits, typed, i, other, j);
            }
        }
        return edits[typed.length()][other.length()];
    }

    private static int edits(int[][] edits, String typed, int i, String other, int j) {
        boolean same = typed.charAt(i - 1) == other.charAt(j - 1);
        boolean exchanged = i > 1
                && j > 1
                && typed.charAt(i - 1) == other.charAt(j - 2)
                && typed.charAt(i - 2) == other.charAt(j - 1);
        int least = Math.min(edits[i - 1][j - 1] + (same ? 0 : 1), Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
        return exchanged ? Math.min(least, edits[i - 2][j - 2] + 1) : least;
    }
}
