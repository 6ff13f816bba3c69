// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The results as a table and as JSON. */
final class Report {

    private final List<Figure> figures;
    private final boolean quick;

    Report(List<Figure> figures, boolean quick) {
        this.figures = List.copyOf(figures);
        this.quick = quick;
    }

    /** In Markdown, padded so that it reads in a terminal too. */
    void print() {
        System.out.println(row(
                "",
                "what",
                "host",
                "beside",
                "ratio (lowest–highest)",
                "queue floor",
                "ratio (lowest–highest)",
                "µs CPU a job",
                "busiest thread",
                "wanted"));
        System.out.println(row("---", "---", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "---"));
        for (Figure figure : figures) {
            System.out.println(row(
                    figure.workload(),
                    figure.what(),
                    number(figure.host()) + " " + figure.unit(),
                    cell(figure.beside(), beside -> number(beside.rate())),
                    cell(figure.beside(), beside -> ratio(beside.ratio())),
                    cell(figure.queueFloor(), floor -> number(floor.rate())),
                    cell(figure.queueFloor(), floor -> ratio(floor.ratio())),
                    cpu(figure, Figure.Cpu::all),
                    cpu(figure, Figure.Cpu::busiest),
                    figure.wanted()));
        }
        figures.forEach(Report::printSlices);
    }

    private static void printSlices(Figure figure) {
        if (figure.slices() != null) {
            System.out.println("\n" + figure.workload() + " " + figure.what() + ", slice by slice: "
                    + figure.slices().stream().map(Report::number).collect(Collectors.joining(" ")));
        }
    }

    private static String row(Object... cells) {
        return String.format("| %-3s | %-33s | %12s | %7s | %22s | %11s | %22s | %15s | %14s | %s |", cells);
    }

    private static <T> String cell(@Nullable T value, Function<T, String> text) {
        return value == null ? "" : text.apply(value);
    }

    private static String number(Series series) {
        return Results.text(series.median());
    }

    private static String ratio(Series series) {
        return String.format(Locale.ROOT, "%.2f (%.2f–%.2f)", series.median(), series.low(), series.high());
    }

    /** Of the host, of what stands beside it, and of the queue floor. */
    private static String cpu(Figure figure, Function<Figure.Cpu, Series> which) {
        return figure.cpus().stream()
                .map(cpu -> String.format(Locale.ROOT, "%.0f", which.apply(cpu).median()))
                .collect(Collectors.joining(" / "));
    }

    void write(Path file) throws IOException {
        Results.write(file, quick, "figures", figures);
    }
}
