// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import org.jspecify.annotations.Nullable;

/**
 * Text in a form that every store can hold. Some databases reject U+0000, and UTF-8 cannot represent an unpaired surrogate. U+FFFD replaces
 * both on all databases, so that a job has the same text everywhere.
 */
final class StorableText {

    private static final char REPLACEMENT = '\uFFFD';

    private StorableText() {}

    static @Nullable String ofAny(@Nullable String text) {
        return text == null ? null : of(text);
    }

    static String of(String text) {
        StringBuilder storable = null; // most texts contain none
        for (int at = 0; at < text.length(); at++) {
            char unit = text.charAt(at);
            boolean isPair = Character.isHighSurrogate(unit)
                    && at + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(at + 1));
            if (isPair) {
                at++;
            } else if (unit == 0 || Character.isSurrogate(unit)) {
                storable = storable == null ? new StringBuilder(text) : storable;
                storable.setCharAt(at, REPLACEMENT);
            }
        }
        return storable == null ? text : storable.toString();
    }
}
