// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.jline.utils.Levenshtein;

/** Finds what was probably meant by a word that nothing is called. */
final class Spelling {

    private static final int LONGEST = 200;

    private Spelling() {}

    /** What to add to a message that there is no such thing: a question, or nothing. */
    static String hint(String word, Collection<String> names) {
        return nearest(word, names)
                .map(name -> " (did you mean '" + name + "'?)")
                .orElse("");
    }

    /** One that differs in at most every third letter; else one that begins so. */
    private static Optional<String> nearest(String word, Collection<String> names) {
        String typed = word.toLowerCase(Locale.ROOT);
        if (typed.isEmpty() || typed.length() > LONGEST) {
            return Optional.empty();
        }
        int most = Math.max(1, typed.length() / 3);
        return names.stream()
                .filter(name -> distance(typed, name) <= most)
                .min(Comparator.comparingInt((String name) -> distance(typed, name))
                        .thenComparing(Comparator.naturalOrder()))
                .or(() -> names.stream()
                        .filter(name -> name.startsWith(typed))
                        .sorted()
                        .findFirst());
    }

    private static int distance(String typed, String name) {
        return Levenshtein.distance(typed, name.toLowerCase(Locale.ROOT));
    }
}
