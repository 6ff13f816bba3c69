// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rivals;

import io.jobyard.benchmarks.Results;
import io.jobyard.benchmarks.Series;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** All rounds of all contenders. */
final class ResultTable {

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
                            .map(median -> median == best ? "**" + Results.text(median) + "**" : Results.text(median))
                            .collect(Collectors.joining(" | "))
                    + " |");
        }
    }

    void write(Path file, boolean quick) throws IOException {
        Results.write(file, quick, "contenders", contenders);
    }
}
