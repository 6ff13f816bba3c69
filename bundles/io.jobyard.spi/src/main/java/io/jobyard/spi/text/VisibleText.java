// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.text;

/**
 * Untrusted text for display. Characters that would control a terminal, break a line, change the text direction or be invisible are escaped
 * as in JSON, for example <code>&#92;n</code> or <code>&#92;u202e</code>. These are controls (C0, DEL, C1), line and paragraph separators,
 * format characters (bidirectional controls, zero-width characters, tags) and unpaired surrogates. Other characters remain.
 */
public final class VisibleText {

    private VisibleText() {}

    /** Escapes every invisible character of one line. */
    public static String line(String text) {
        return escaped(text, "");
    }

    /** Escapes every invisible character except line feeds and tabs, for text of several lines that the host formats, for example JSON. */
    public static String lines(String text) {
        return escaped(text, "\n\t");
    }

    private static String escaped(String text, String kept) {
        StringBuilder escaped = null; // most texts need no escape
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            int next = at + Character.charCount(point);
            boolean hidden = isHidden(point) && kept.indexOf(point) < 0;
            if (hidden) {
                if (escaped == null) {
                    escaped = new StringBuilder(text.length() + 16).append(text, 0, at);
                }
                for (int unit = at; unit < next; unit++) {
                    escape(escaped, text.charAt(unit));
                }
            } else if (escaped != null) {
                escaped.appendCodePoint(point);
            }
            at = next;
        }
        return escaped == null ? text : escaped.toString();
    }

    private static boolean isHidden(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }

    private static void escape(StringBuilder to, char unit) {
        switch (unit) {
            case '\n' -> to.append("\\n");
            case '\r' -> to.append("\\r");
            case '\t' -> to.append("\\t");
            default -> to.append(String.format("\\u%04x", (int) unit));
        }
    }
}
