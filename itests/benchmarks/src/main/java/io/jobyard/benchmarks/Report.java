// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The results as a table and as JSON. */
final class Report {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final List<Figure> figures;
    private final boolean quick;

    Report(List<Figure> figures, boolean quick) {
        this.figures = List.copyOf(figures);
        this.quick = quick;
    }

    /** In Markdown, padded so that it reads in a terminal too. */
    void print() {
        System.out.println(row(
                "", "what", "host", "beside", "ratio (lowest–highest)", "µs CPU a job", "busiest thread", "wanted"));
        System.out.println(row("---", "---", "--:", "--:", "--:", "--:", "--:", "---"));
        for (Figure figure : figures) {
            System.out.println(row(
                    figure.workload(),
                    figure.what(),
                    number(figure.host()) + " " + figure.unit(),
                    figure.beside() == null ? "" : number(figure.beside()),
                    figure.ratio() == null ? "" : ratio(figure.ratio()),
                    cpu(figure, Figure.Cpu::all),
                    cpu(figure, Figure.Cpu::busiest),
                    figure.wanted()));
        }
    }

    private static String row(Object... cells) {
        return String.format("| %-3s | %-33s | %12s | %7s | %22s | %12s | %14s | %s |", cells);
    }

    private static String number(Series series) {
        double median = series.median();
        return String.format(Locale.ROOT, median < 100 ? "%.2f" : "%,.0f", median);
    }

    private static String ratio(Series series) {
        return String.format(Locale.ROOT, "%.2f (%.2f–%.2f)", series.median(), series.low(), series.high());
    }

    private static String cpu(Figure figure, Function<Figure.Cpu, Series> which) {
        Figure.Cpu host = figure.hostCpu();
        Figure.Cpu beside = figure.besideCpu();
        return host == null || beside == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%.0f / %.0f",
                        which.apply(host).median(),
                        which.apply(beside).median());
    }

    void write(Path file) throws IOException {
        JSON.writeValue(
                file.toFile(),
                Map.of(
                        "java",
                        Runtime.version().toString(),
                        "processors",
                        Runtime.getRuntime().availableProcessors(),
                        "quick",
                        quick,
                        "figures",
                        figures));
    }
}
