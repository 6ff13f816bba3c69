// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds JSON objects without quotes. Gogo would read their braces as a block, and its quotes allow no apostrophe. A
 * variable replaces each object in the line.
 */
final class UnquotedJson {

    /** A Gogo block never begins with a quoted word and a colon. */
    private static final Pattern BEGIN = Pattern.compile("\\{\\s*(?:}|\"(?:[^\"\\\\]|\\\\.)*\"\\s*:)", Pattern.DOTALL);

    private UnquotedJson() {}

    /**
     * Replaces the JSON objects in a line.
     *
     * @param keep takes an object's text and returns its replacement in the line
     */
    static String replace(String line, UnaryOperator<String> keep) {
        StringBuilder replaced = new StringBuilder();
        Matcher begin = BEGIN.matcher(line);
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            boolean startsWord = i > 0 && Character.isWhitespace(line.charAt(i - 1));
            if (quote == 0
                    && c == '{'
                    && startsWord
                    && begin.region(i, line.length()).lookingAt()) {
                int end = end(line, i);
                if (end > 0) {
                    replaced.append(keep.apply(line.substring(i, end)));
                    i = end - 1;
                    continue;
                }
            }
            if (c == '\\' && quote != '\'' && i + 1 < line.length()) {
                replaced.append(c);
                c = line.charAt(++i);
            } else if (c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            }
            replaced.append(c);
        }
        return replaced.toString();
    }

    /** Returns the index after the closing brace; -1 without a closing brace. */
    private static int end(String line, int start) {
        int depth = 0;
        boolean string = false;
        for (int i = start; i < line.length(); i++) {
            char c = line.charAt(i);
            if (string) {
                i += c == '\\' ? 1 : 0;
                string = c != '"';
            } else if (c == '"') {
                string = true;
            } else if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                return i + 1;
            }
        }
        return -1;
    }
}
