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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Results of all rounds and contenders. Tables show medians. */
final class ResultTable {

    /** Whether a process had run before. */
    enum Mode {
        COLD,
        /** Not reported. */
        WARM_UP,
        WARM
    }

    private static final List<Value> DEPTHS = List.of(Value.DEPTH_10_000, Value.DEPTH_100_000, Value.DEPTH_1_000_000);

    private record Cell(Mode mode, Value value) {}

    private final Map<String, Map<Cell, List<Double>>> values = new LinkedHashMap<>();
    private final Map<String, Map<Cell, List<Cost>>> costs = new LinkedHashMap<>();

    void add(Mode mode, String contender, Value value, double measured) {
        values.computeIfAbsent(contender, any -> new LinkedHashMap<>())
                .computeIfAbsent(new Cell(mode, value), any -> new ArrayList<>())
                .add(measured);
    }

    void add(Mode mode, String contender, Value value, Cost measured) {
        costs.computeIfAbsent(contender, any -> new LinkedHashMap<>())
                .computeIfAbsent(new Cell(mode, value), any -> new ArrayList<>())
                .add(measured);
    }

    void print() {
        System.out.println("\nAs started, nothing compiled:\n");
        print(Mode.COLD);
        System.out.println("\nAfter two rounds of the same work:\n");
        print(Mode.WARM);
        System.out.println("\nCosts of a job after two rounds of the same work:\n");
        printCosts();
    }

    private void header() {
        System.out.println("|  | " + String.join(" | ", values.keySet()) + " |");
        System.out.println("|---|" + "--:|".repeat(values.size()));
    }

    /** Prints a row for each value; the best is bold. */
    private void print(Mode mode) {
        header();
        for (Value value : Value.values()) {
            Cell cell = new Cell(mode, value);
            List<Optional<Double>> medians =
                    values.values().stream().map(all -> median(all.get(cell))).toList();
            Optional<Double> best = medians.stream()
                    .flatMap(Optional::stream)
                    .max(value.isRate() ? Double::compare : (one, other) -> Double.compare(other, one));
            best.ifPresent(most -> row(
                    value.title() + ", " + value.unit(),
                    medians.stream()
                            .map(median -> median.map(number -> shown(number, number.equals(most)))
                                    .orElse("–"))
                            .toList()));
        }
    }

    private static Optional<Double> median(@Nullable List<Double> measured) {
        return measured == null ? Optional.empty() : Optional.of(new Series(measured).median());
    }

    private static String shown(double number, boolean isBest) {
        return isBest ? "**" + Results.text(number) + "**" : Results.text(number);
    }

    private static void row(String title, List<String> cells) {
        System.out.println("| " + title + " | " + String.join(" | ", cells) + " |");
    }

    private void printCosts() {
        header();
        for (Value value : List.of(Value.SUBMIT, Value.SUBMIT_8, Value.BULK, Value.DRAIN, Value.WORK)) {
            costRow(value, "µs of processor, process + server", cost -> cost.processMicros() + cost.serverMicros());
            costRow(value, "log, bytes", Cost::walBytes);
            costRow(value, "disk, bytes", Cost::diskBytes);
        }
    }

    private void costRow(Value value, String unit, Function<Cost, Double> part) {
        Cell cell = new Cell(Mode.WARM, value);
        List<String> cells = values.keySet().stream()
                .map(contender -> Optional.ofNullable(
                        costs.getOrDefault(contender, Map.of()).get(cell)))
                .map(measured -> measured.map(
                                all -> new Series(all.stream().map(part).toList()).median())
                        .filter(number -> number > 0)
                        .map(number -> String.format(Locale.ROOT, "%,.0f", number))
                        .orElse("–"))
                .toList();
        row(value.title() + ": " + unit, cells);
    }

    /** Returns the rates of the first jobs by depth, for each contender that has them. */
    Map<String, Map<Value, Double>> depths() {
        Map<String, Map<Value, Double>> depths = new LinkedHashMap<>();
        values.forEach((contender, all) -> {
            Map<Value, Double> rates = new EnumMap<>(Value.class);
            DEPTHS.forEach(
                    value -> median(all.get(new Cell(Mode.COLD, value))).ifPresent(rate -> rates.put(value, rate)));
            if (!rates.isEmpty()) {
                depths.put(contender, rates);
            }
        });
        return depths;
    }

    void write(Path file, boolean quick) throws IOException {
        Map<String, Object> contenders = new LinkedHashMap<>();
        values.forEach((contender, all) -> contenders.put(
                contender, Map.of("values", named(all), "costs", named(costs.getOrDefault(contender, Map.of())))));
        Results.write(file, quick, "contenders", contenders);
    }

    private static <T> Map<String, T> named(Map<Cell, T> cells) {
        return cells.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().mode() + " " + entry.getKey().value(),
                        Map.Entry::getValue,
                        (one, other) -> other,
                        TreeMap::new));
    }
}
