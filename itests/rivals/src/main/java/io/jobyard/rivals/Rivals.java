// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rivals;

import io.jobyard.benchmarks.CodeLocation;
import io.jobyard.benchmarks.Disk;
import io.jobyard.benchmarks.MeasuredHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program: measures host and rivals in turns, prints a table and writes JSON. */
@Command(
        name = "rivals",
        description = "Measures the built host beside other job libraries. Wants an otherwise idle machine.")
public final class Rivals implements Callable<Integer> {

    private static final int ROUNDS = 3;

    @Option(names = "--quick", description = "A tenth of the jobs, one round: to see that it works.")
    private boolean quick;

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
        Optional<Postgres> postgres = Postgres.start(run.resolve("postgres"));
        try {
            measure(contenders(run, postgres), run);
        } finally {
            postgres.ifPresent(Postgres::close);
        }
        return 0;
    }

    private List<Contender> contenders(Path run, Optional<Postgres> postgres) {
        List<Contender> contenders = new ArrayList<>();
        contenders.add(new HostContender(program.toAbsolutePath(), CodeLocation.of(MeasuredHost.class), run));
        if (postgres.isEmpty()) {
            System.err.println("PostgreSQL is not installed: the rivals run on embedded databases only");
        }
        for (Library library : Library.values()) {
            postgres.ifPresent(server -> contenders.add(new LibraryContender(library, server)));
        }
        contenders.add(new LibraryContender(Library.QUARTZ, Embedded.derby(run)));
        contenders.add(new LibraryContender(Library.DB_SCHEDULER, Embedded.h2(run)));
        contenders.add(new LibraryContender(Library.JOBRUNR, Embedded.h2(run)));
        contenders.removeIf(contender -> words.stream().noneMatch(contender.title()::contains));
        return contenders;
    }

    private void measure(List<Contender> contenders, Path run) throws Exception {
        ResultTable table = new ResultTable();
        Path results = run.resolve("rivals.json");
        for (int round = 1; round <= (quick ? 1 : ROUNDS); round++) {
            for (Task task : Task.values()) {
                for (Contender contender : contenders) {
                    System.err.println("round " + round + ", " + task + ": " + contender.title());
                    Disk.settle();
                    table.add(contender.title(), contender.measure(task, task.jobs(quick)));
                }
                Collections.rotate(contenders, 1); // who comes first finds the machine in another state
            }
            System.out.println("\nafter round " + round); // who breaks off has those that are done
            table.print();
            table.write(results, quick);
        }
        System.out.println("\nalso in " + results);
    }
}
