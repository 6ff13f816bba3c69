// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds a command line as a user can type it. */
final class TypedWords {

    private final List<String> words = new ArrayList<>();

    /** Adds an option, unless the value is null. */
    TypedWords option(String name, @Nullable Object value) {
        if (value != null) {
            String text = value.toString();
            words.add(name);
            words.add(text.matches("[A-Za-z0-9._:=-]+") ? text : quoted(text));
        }
        return this;
    }

    List<String> all() {
        return words;
    }

    private static String quoted(String text) {
        return text.contains("'") ? "\"" + text + "\"" : "'" + text + "'";
    }
}
