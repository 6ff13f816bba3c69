// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rivals;

import io.jobyard.benchmarks.CodeLocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program. Measures the host and other job systems one after the other, prints tables, and writes JSON and a plot. */
@Command(
        name = "rivals",
        description = "Measures the built host and other job systems. Use a machine that does nothing else.")
public final class Rivals implements Callable<Integer> {

    @Option(names = "--quick", description = "A tenth of the jobs, one round: to see that it works.")
    private boolean quick;

    @Option(names = "--rounds", description = "Number of rounds. Default: ${DEFAULT-VALUE}")
    private int rounds = 1;

    @Option(
            names = "--contenders",
            description = "Only those whose title has one of these words, such as Jobyard and db-scheduler.",
            split = ",")
    private List<String> words = List.of("");

    @Option(names = "--program", description = "The built host. Default: the one of this source tree.")
    private Path program = CodeLocation.of(Rivals.class)
            .resolve("../../../../distribution/target/jobyard")
            .normalize();

    @Option(
            names = "--directory",
            description = "Each run makes its databases and results there. Default: ${DEFAULT-VALUE}")
    private Path directory = CodeLocation.of(Rivals.class).resolveSibling("runs");

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    private Rivals() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Rivals()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        if (!Files.isExecutable(program.resolve("bin/jobyard"))) {
            System.err.println("no host in " + program + ": build it, or name one with --program");
            return 1;
        }
        Path run = Files.createDirectories(directory
                .toAbsolutePath()
                .resolve("run" + ProcessHandle.current().pid()));
        Postgres postgres = Postgres.start(run.resolve("postgres")).orElse(null);
        try {
            measure(contenders(run, postgres), run);
        } finally {
            if (postgres != null) {
                postgres.close();
            }
        }
        return 0;
    }

    private List<Contender> contenders(Path run, @Nullable Postgres postgres) throws Exception {
        Path host = program.toAbsolutePath();
        List<Contender> contenders = new ArrayList<>();
        contenders.add(new HostContender(host, run, null));
        if (postgres == null) {
            System.err.println("PostgreSQL is not installed: the rivals run on embedded databases only");
            contenders.add(ProcessContender.java(Library.QUARTZ, Embedded.derby(run)));
            contenders.add(ProcessContender.java(Library.DB_SCHEDULER, Embedded.h2(run)));
            contenders.add(ProcessContender.java(Library.JOBRUNR, Embedded.h2(run)));
        } else {
            contenders.add(new HostContender(host, run, postgres));
            for (Library library : Library.values()) {
                contenders.add(ProcessContender.java(library, postgres));
            }
            NodePrograms.install(run.resolve("node")).ifPresent(node -> {
                contenders.add(node.contender("graphile-worker", postgres));
                contenders.add(node.contender("pg-boss", postgres));
                if (Redis.isInstalled()) {
                    contenders.add(node.contender("BullMQ", new Redis(run)));
                }
            });
        }
        contenders.removeIf(contender -> words.stream().noneMatch(contender.title()::contains));
        return contenders;
    }

    private void measure(List<Contender> contenders, Path run) throws Exception {
        ResultTable table = new ResultTable();
        for (int round = 1; round <= (quick ? 1 : rounds); round++) {
            for (Contender contender : contenders) {
                System.err.println("round " + round + ": " + contender.title());
                Measurement measurement = new Measurement(contender, table, quick);
                measurement.cold();
                measurement.warm();
                if (round == 1) {
                    measurement.depth();
                }
                table.write(run.resolve("rivals.json"), quick);
                DepthPlot.write(run.resolve("depth.svg"), table.depths());
            }
            Collections.rotate(contenders, 1); // the first contender finds the machine in another state
            System.out.println("\nafter round " + round);
            table.print();
        }
        System.out.println("\nalso in " + run.resolve("rivals.json") + ", with a plot in depth.svg");
    }
}
