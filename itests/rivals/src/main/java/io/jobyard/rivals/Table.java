// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rivals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.jobyard.benchmarks.Series;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** All rounds of all contenders. */
final class Table {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Map<String, Map<Value, List<Double>>> contenders = new LinkedHashMap<>();

    void add(String contender, Map<Value, Double> measured) {
        Map<Value, List<Double>> values = contenders.computeIfAbsent(contender, any -> new EnumMap<>(Value.class));
        measured.forEach((value, number) ->
                values.computeIfAbsent(value, any -> new ArrayList<>()).add(number));
    }

    /** Medians, a column for each contender; the best of a row is bold. */
    void print() {
        System.out.println("|  | " + String.join(" | ", contenders.keySet()) + " |");
        System.out.println("|---|" + "--:|".repeat(contenders.size()));
        for (Value value : Value.values()) {
            List<Double> medians = contenders.values().stream()
                    .map(all -> new Series(all.get(value)).median())
                    .toList();
            double best = (value.isRate()
                            ? medians.stream().max(Double::compare)
                            : medians.stream().min(Double::compare))
                    .orElseThrow();
            System.out.println("| " + value.title() + ", " + value.unit() + " | "
                    + medians.stream()
                            .map(median -> median == best ? "**" + text(median) + "**" : text(median))
                            .collect(Collectors.joining(" | "))
                    + " |");
        }
    }

    private static String text(double number) {
        return String.format(Locale.ROOT, number < 100 ? "%.2f" : "%,.0f", number);
    }

    void write(Path file, boolean quick) throws IOException {
        JSON.writeValue(
                file.toFile(),
                Map.of(
                        "java",
                        Runtime.version().toString(),
                        "processors",
                        Runtime.getRuntime().availableProcessors(),
                        "quick",
                        quick,
                        "contenders",
                        contenders));
    }
}
