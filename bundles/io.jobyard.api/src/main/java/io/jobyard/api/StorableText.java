// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import org.jspecify.annotations.Nullable;

/**
 * Words of others as any store holds them. Some databases refuse U+0000 in a text, and none that writes UTF-8 can hold half
 * of a pair: U+FFFD takes their place, whatever the database, so that a job reads the same on all of them.
 */
final class StorableText {

    private static final char REPLACEMENT = '\uFFFD';

    private StorableText() {}

    static @Nullable String ofAny(@Nullable String text) {
        return text == null ? null : of(text);
    }

    static String of(String text) {
        StringBuilder storable = null; // most texts are
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
