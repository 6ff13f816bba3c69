// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words of a command line, as a shell passes them on. */
final class TypedWords {

    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    private TypedWords() {}

    /** Returns the words. A word with blanks is in single quotes. */
    static List<String> of(String line) {
        List<String> words = new ArrayList<>();
        for (Matcher word = WORD.matcher(line); word.find(); ) {
            words.add(word.group(1) == null ? word.group(2) : word.group(1));
        }
        return words;
    }
}
