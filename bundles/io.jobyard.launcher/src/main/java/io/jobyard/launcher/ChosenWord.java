// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import io.jobyard.spi.error.ErrorCode;
import io.jobyard.spi.text.Spelling;
import java.util.List;
import java.util.Locale;

/** Value of an option that has a list of words. */
final class ChosenWord {

    private ChosenWord() {}

    /**
     * Returns the typed word in lower case.
     *
     * @param fix the words to use, for the error
     */
    static String of(String option, String typed, List<String> words, String fix) {
        String word = typed.toLowerCase(Locale.ROOT);
        if (!words.contains(word)) {
            throw new LaunchException(
                    "invalid " + option + " " + typed + Spelling.hint(typed, words) + ": " + fix,
                    ErrorCode.USAGE.exit());
        }
        return word;
    }
}
