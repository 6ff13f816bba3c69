// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Values of several stores, one line for each thing measured. Each value of a store has the round of the same number of the others. */
final class StoreTable {

    private final List<String> stores;
    private final Map<String, Map<String, List<Double>>> values = new LinkedHashMap<>();

    /** @param stores names of the columns; the first is what the others are compared with */
    StoreTable(List<String> stores) {
        this.stores = List.copyOf(stores);
    }

    /** @param what workload and unit */
    void add(String what, String store, double value) {
        values.computeIfAbsent(what, any -> new LinkedHashMap<>())
                .computeIfAbsent(store, any -> new ArrayList<>())
                .add(value);
    }

    /** All that was measured, for a file. */
    Map<String, Map<String, List<Double>>> values() {
        return values;
    }

    /** Compares the rounds of a store with those of the first. */
    Series compared(String what, String store, DoubleBinaryOperator how) {
        List<Double> base = of(what, stores.get(0));
        List<Double> other = of(what, store);
        return new Series(IntStream.range(0, Math.min(base.size(), other.size()))
                .mapToObj(round -> how.applyAsDouble(other.get(round), base.get(round)))
                .toList());
    }

    private List<Double> of(String what, String store) {
        return Objects.requireNonNullElse(values.getOrDefault(what, Map.of()).get(store), List.of());
    }

    /** In Markdown: medians, and ratios round by round with the lowest and the highest. */
    void print() {
        List<String> others = stores.subList(1, stores.size());
        row("", stores, others.stream().map(store -> store + " / " + stores.get(0)));
        row("---", stores.stream().map(any -> "--:").toList(), others.stream().map(any -> "--:"));
        values.keySet()
                .forEach(what -> row(
                        what,
                        stores.stream().map(store -> median(of(what, store))).toList(),
                        others.stream().map(store -> ratio(what, store))));
    }

    private static void row(String what, List<String> cells, Stream<String> ratios) {
        System.out.println("| " + what + " | " + String.join(" | ", cells) + " | "
                + ratios.collect(Collectors.joining(" | ")) + " |");
    }

    private static String median(List<Double> runs) {
        return runs.isEmpty() ? "" : Results.text(new Series(runs).median());
    }

    private String ratio(String what, String store) {
        Series ratios = compared(what, store, (other, base) -> other / base);
        return ratios.runs().isEmpty()
                ? ""
                : String.format(Locale.ROOT, "%.2f (%.2f–%.2f)", ratios.median(), ratios.low(), ratios.high());
    }
}
