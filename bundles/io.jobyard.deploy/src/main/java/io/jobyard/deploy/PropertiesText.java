// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes values into the text of a configuration file, whose other lines stay. */
final class PropertiesText {

    private PropertiesText() {}

    /**
     * Edits a text: lines with unchanged values stay, other lines of a key are replaced or removed, and new keys are
     * appended.
     */
    static String edited(String text, Map<String, String> values) {
        Map<String, String> missing = new TreeMap<>(values);
        StringBuilder edited = new StringBuilder();
        for (String line : logicalLines(text)) {
            Map<String, String> said = FileContent.of(line).values();
            if (said.isEmpty()) {
                edited.append(line);
                continue;
            }
            String key = said.keySet().iterator().next();
            String value = missing.remove(key);
            if (value != null) {
                edited.append(value.equals(said.get(key)) ? line : written(key, value));
            }
        }
        if (!missing.isEmpty() && edited.length() > 0 && edited.charAt(edited.length() - 1) != '\n') {
            edited.append('\n');
        }
        missing.forEach((key, value) -> edited.append(written(key, value)));
        return edited.toString();
    }

    /** Splits a text into logical lines with their line ends. A line that ends with a backslash continues in the next line. */
    private static List<String> logicalLines(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder logical = new StringBuilder();
        for (String line : text.split("(?<=\n)|(?<=\r)(?!\n)")) {
            logical.append(line);
            if (logical.isEmpty() || isComment(logical) || !goesOn(line)) {
                lines.add(logical.toString());
                logical.setLength(0);
            }
        }
        if (!logical.isEmpty()) {
            lines.add(logical.toString());
        }
        return lines;
    }

    private static boolean isComment(CharSequence line) {
        String text = line.toString().stripLeading();
        return text.startsWith("#") || text.startsWith("!");
    }

    private static boolean goesOn(String line) {
        String text = line.replaceFirst("[\r\n]+$", "");
        int backslashes = 0;
        while (backslashes < text.length() && text.charAt(text.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    private static String written(String key, String value) {
        return escaped(key)
                        .replace(" ", "\\ ")
                        .replace(":", "\\:")
                        .replace("=", "\\=")
                        .replaceFirst("^([#!])", "\\\\$1")
                + " = " + escaped(value).replaceFirst("^ ", "\\\\ ") + "\n";
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t")
                .replace("\f", "\\f");
    }
}
