// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collection;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The same thing measured several times.
 *
 * @param runs at least one
 */
public record Series(List<Double> runs) {

    /** Copies them. */
    public Series {
        runs = List.copyOf(runs);
    }

    static <T> Series of(Collection<T> measured, ToDoubleFunction<T> value) {
        return new Series(measured.stream().mapToDouble(value).boxed().toList());
    }

    /** Of an even number, the mean of the two in the middle. */
    @JsonProperty
    public double median() {
        List<Double> sorted = runs.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    double low() {
        return runs.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    double high() {
        return runs.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }
}
