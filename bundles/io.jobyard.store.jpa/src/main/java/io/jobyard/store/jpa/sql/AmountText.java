// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.sql;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Text form of limits and estimates: {@code openai,gpu} and {@code tokens=812.0,usd=0.5}. Names contain neither comma nor equals sign. */
public final class AmountText {

    private AmountText() {}

    public static @Nullable String writeNames(List<String> names) {
        return names.isEmpty() ? null : String.join(",", names);
    }

    public static List<String> readNames(@Nullable String text) {
        return text == null ? List.of() : List.of(text.split(","));
    }

    public static @Nullable String write(Map<String, Double> amounts) {
        return amounts.isEmpty()
                ? null
                : new TreeMap<>(amounts)
                        .entrySet().stream()
                                .map(each -> each.getKey() + "=" + each.getValue())
                                .collect(Collectors.joining(","));
    }

    public static Map<String, Double> read(@Nullable String text) {
        Map<String, Double> amounts = new LinkedHashMap<>();
        for (String each : readNames(text)) {
            int sign = each.indexOf('=');
            amounts.put(each.substring(0, sign), Double.valueOf(each.substring(sign + 1)));
        }
        return amounts;
    }
}
