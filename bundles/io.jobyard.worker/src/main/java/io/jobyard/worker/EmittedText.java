// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import java.util.ArrayList;
import java.util.List;

/** Splits a long text into pieces that fit into rows of the store. */
final class EmittedText {

    private static final int LONGEST = 10_000;

    private EmittedText() {}

    /** Returns the pieces in order; an empty text has none, and no pair of surrogates is split. */
    static List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        for (int from = 0; from < text.length(); ) {
            int to = Math.min(from + LONGEST, text.length());
            if (to < text.length() && Character.isHighSurrogate(text.charAt(to - 1))) {
                to--;
            }
            pieces.add(text.substring(from, to));
            from = to;
        }
        return pieces;
    }

    /** Returns whether two texts together fit into one piece. */
    static boolean fits(String one, String other) {
        return one.length() + other.length() <= LONGEST;
    }
}
