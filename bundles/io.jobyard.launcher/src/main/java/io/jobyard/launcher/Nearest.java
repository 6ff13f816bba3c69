// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.util.Collection;
import java.util.Comparator;
import org.jline.utils.Levenshtein;

/** Guesses which word was meant. */
final class Nearest {

    private static final int LONGEST = 200;

    private Nearest() {}

    /** What to add to a message that there is no such word: a question, or nothing. */
    static String hint(String typed, Collection<String> words) {
        if (typed.isEmpty() || typed.length() > LONGEST) {
            return "";
        }
        int most = Math.max(1, typed.length() / 3);
        return words.stream()
                .filter(word -> Levenshtein.distance(typed, word) <= most)
                .min(Comparator.comparingInt((String word) -> Levenshtein.distance(typed, word))
                        .thenComparing(Comparator.naturalOrder()))
                .or(() -> words.stream()
                        .filter(word -> word.startsWith(typed))
                        .sorted()
                        .findFirst())
                .map(word -> " (did you mean '" + word + "'?)")
                .orElse("");
    }
}
