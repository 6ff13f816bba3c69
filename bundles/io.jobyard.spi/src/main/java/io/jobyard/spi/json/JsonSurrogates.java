// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.json;

import java.util.Locale;

/**
 * Unpaired surrogates in JSON text, which writers escape ({@code \\uD83D} without its other half). Parsers reject such a name, and UTF-8
 * cannot represent it, so U+FFFD replaces it when JSON enters the store.
 */
public final class JsonSurrogates {

    private static final int ESCAPE = 6;
    private static final String REPLACEMENT = "\\uFFFD";

    private JsonSurrogates() {}

    /**
     * Replaces each unpaired escaped surrogate of valid JSON by an escaped U+FFFD, which has the same length. Returns the same text if
     * it contains no such surrogate. The time is linear in the length of the text.
     */
    public static String replaced(String json) {
        int at = next(json, 0);
        if (at < 0) {
            return json;
        }
        StringBuilder replaced = new StringBuilder(json);
        for (; at >= 0; at = next(json, at + ESCAPE)) {
            replaced.replace(at, at + ESCAPE, REPLACEMENT);
        }
        return replaced.toString();
    }

    /** Returns whether valid JSON contains an unpaired escaped surrogate. */
    public static boolean areBroken(String json) {
        return next(json, 0) >= 0;
    }

    /** Returns the index of the next unpaired surrogate; -1 if the rest has none. */
    private static int next(String json, int from) {
        for (int at = json.indexOf('\\', from); at >= 0; at = json.indexOf('\\', at)) {
            if (isHalf(json, at, "89AB") && isHalf(json, at + ESCAPE, "CDEF")) {
                at += 2 * ESCAPE;
            } else if (isHalf(json, at, "89ABCDEF")) {
                return at;
            } else {
                at += 2; // the escape of one character, or the start of an escape with four digits
            }
        }
        return -1;
    }

    private static boolean isHalf(String json, int at, String thirds) {
        if (json.length() < at + ESCAPE || !json.startsWith("\\u", at)) {
            return false;
        }
        String digits = json.substring(at + 2, at + 4).toUpperCase(Locale.ROOT);
        return digits.charAt(0) == 'D' && thirds.indexOf(digits.charAt(1)) >= 0;
    }
}
