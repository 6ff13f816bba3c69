// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints JSON as tables, for results without a text of their own. */
final class PlainTable {

    private PlainTable() {}

    static void print(Map<String, @Nullable Object> json, Screen screen) {
        Table table = new Table("FIELD", "VALUE");
        json.forEach((field, value) -> {
            if (value instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof Map<?, ?> first) {
                print(list, first, screen);
            } else {
                table.row(field, value);
            }
        });
        table.print(screen);
    }

    private static void print(List<?> things, Map<?, ?> first, Screen screen) {
        Table table = new Table(first.keySet().stream()
                .map(field -> field.toString().toUpperCase(Locale.ROOT))
                .toArray(String[]::new));
        things.forEach(thing -> table.row(((Map<?, ?>) thing).values().toArray()));
        table.print(screen);
    }
}
