// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The program: measures the workloads asked for, prints a table and writes JSON. */
@Command(
        name = "benchmarks",
        description = "Measures the built host beside a bare database. Wants an otherwise idle machine.")
public final class Benchmarks implements Callable<Integer> {

    @Parameters(
            arity = "0..*",
            paramLabel = "WORKLOAD",
            description = "Which ones: ${COMPLETION-CANDIDATES}. Default: all.")
    private List<Workload> workloads = List.of();

    @Option(names = "--quick", description = "A tenth of the jobs, one round: to see that it works.")
    private boolean quick;

    @Option(
            names = "--profile",
            description = "Record each host with Java Flight Recorder and print what ran and waited.")
    private boolean profile;

    @Option(names = "--program", description = "The built host. Default: the one of this source tree.")
    private Path program = CodeLocation.of(Benchmarks.class)
            .resolve("../../../../distribution/target/jobyard")
            .normalize();

    @Option(names = "--directory", description = "For databases, recordings and results. Default: ${DEFAULT-VALUE}")
    private Path directory = CodeLocation.of(Benchmarks.class).resolveSibling("runs");

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The database in place of Derby: jdbc:sqlite:, or jdbc:postgresql://HOST/NAME?user=USER."
                    + " Its schemas bench_* are made anew.")
    private @Nullable String url;

    @Option(
            names = "--jobs-per-commit",
            paramLabel = "N",
            description = "How many jobs the bare database takes in one commit. Default: ${DEFAULT-VALUE}")
    private int jobsPerCommit = 1_000;

    @Option(
            names = "--stores",
            description = "Compare Derby and SQLite in one run of about eleven minutes, and the PostgreSQL of --url"
                    + " too; no other workload.")
    private boolean stores;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    private Benchmarks() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Benchmarks()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        if (!Files.isExecutable(program.resolve("bin/jobyard"))) {
            System.err.println(
                    "no host in " + program + ": build it with mvn -q -DskipTests package, or name one with --program");
            return 1;
        }
        BenchmarkSettings settings = new BenchmarkSettings(
                program.toAbsolutePath(),
                CodeLocation.of(Benchmarks.class),
                Files.createDirectories(directory.toAbsolutePath()),
                new Database(url),
                jobsPerCommit,
                quick,
                profile);
        if (stores) {
            return compareStores(settings);
        }
        Path results = settings.directory().resolve("results.json");
        List<Figure> figures = new ArrayList<>();
        for (Workload workload : chosen()) {
            figures.addAll(measure(settings, workload));
            new Report(figures, quick).write(results); // what is measured is kept, whatever comes next
        }
        new Report(figures, quick).print();
        System.out.println("\nalso in " + results);
        return 0;
    }

    private Integer compareStores(BenchmarkSettings settings) throws Exception {
        StoreTable table = StoreComparison.measure(settings);
        System.out.println(quick ? "a tenth of the jobs, one round:" : "");
        table.print();
        Path results = settings.directory().resolve("stores.json");
        Results.write(results, quick, "stores", table.values());
        System.out.println("\nalso in " + results);
        return 0;
    }

    private Set<Workload> chosen() {
        return workloads.isEmpty() ? EnumSet.allOf(Workload.class) : EnumSet.copyOf(workloads);
    }

    private static List<Figure> measure(BenchmarkSettings settings, Workload workload) throws Exception {
        try (Stage stage = new Stage(
                settings,
                workload.name(),
                step -> System.err.println(workload + " " + workload.title() + ": " + step))) {
            Disk.settle();
            return workload.run(stage);
        }
    }
}
