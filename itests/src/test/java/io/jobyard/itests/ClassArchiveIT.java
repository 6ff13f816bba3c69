// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.itests.HostProcess.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The classes that the build keeps beside the program. */
public class ClassArchiveIT {

    private static final String FRAMEWORK = "org.apache.felix.framework.Felix ";
    private static final String MAIN = "io.jobyard.launcher.Main ";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    /** In a directory with a blank in its name, elsewhere than where the archive was made. */
    private Path program;

    @Before
    public void copyTheProgram() throws IOException {
        Files.createDirectories(HostProcess.INSTANCES);
        program = folder.newFolder("a b").toPath().resolve("jobyard");
        for (String part : List.of("bin", "lib")) {
            copy(Program.HOME.resolve(part), program.resolve(part));
        }
    }

    @Test
    public void theProgramTakesItsClassesFromItWhereverItLies() throws Exception {
        assertThat(loaded()).anyMatch(line -> line.contains(MAIN) && line.contains("shared objects file (top)"));
    }

    @Test
    public void withOtherJarsItIsNotUsed() throws Exception {
        try (Stream<Path> files = Files.list(program.resolve("lib"))) {
            for (Path jar :
                    files.filter(file -> file.toString().endsWith(".jar")).toList()) {
                Files.setLastModifiedTime(jar, FileTime.from(Instant.EPOCH));
            }
        }
        assertThat(loaded()).anyMatch(line -> line.contains(MAIN) && line.contains(".jar"));
    }

    @Test
    public void aHostTakesTheFrameworkFromIt() throws Exception {
        for (String part : List.of("bundles", "etc-defaults")) {
            Files.createSymbolicLink(program.resolve(part), Program.HOME.resolve(part));
        }
        Path log = folder.getRoot().toPath().resolve("loaded");
        ProcessBuilder run = new ProcessBuilder(
                        program.resolve("bin/jobyard").toString(),
                        "run",
                        "--instance",
                        folder.newFolder("instance").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.newFile("said"));
        run.environment().put("JOBYARD_JAVA_OPTS", "-Xlog:class+load:file=" + log);
        Process host = run.start();
        try {
            await().atMost(HostProcess.TIMEOUT)
                    .until(() -> !host.isAlive() || (Files.exists(log) && loads(log, FRAMEWORK)));
            assertThat(Files.readAllLines(log))
                    .anyMatch(line -> line.contains(FRAMEWORK) && line.contains("shared objects file (top)"));
        } finally {
            host.destroyForcibly().waitFor();
        }
    }

    private static boolean loads(Path log, String type) throws IOException {
        return Files.readString(log).contains(type);
    }

    @Test
    public void optionsThatNameAnArchiveOfTheirOwnWin() throws Exception {
        Path own = folder.getRoot().toPath().resolve("own.jsa");
        ProcessBuilder run =
                new ProcessBuilder(program.resolve("bin/jobyard").toString(), "run", "--instance", "/dev/null/none");
        run.environment().put("JOBYARD_JAVA_OPTS", "-XX:ArchiveClassesAtExit=" + own);
        Outcome outcome = HostProcess.run(run);
        assertThat(outcome.err()).contains("jobyard: ").doesNotContain("ArchiveClassesAtExit", "SharedArchiveFile");
        assertThat(own).exists();
    }

    @Test
    public void aDirectoryOfJarsThatCannotBeReadIsOneLine() throws Exception {
        Path lib = program.resolve("lib");
        Files.move(lib, program.resolve("moved"));
        Files.createFile(lib);
        for (String shell : List.of("sh", "bash")) {
            Outcome outcome = HostProcess.run(
                    new ProcessBuilder(shell, program.resolve("bin/jobyard").toString(), "version"));
            assertThat(outcome.exit()).as(shell).isEqualTo(1);
            assertThat(outcome.out()).as(shell).isEmpty();
            assertThat(outcome.err()).as(shell).hasLineCount(1).startsWith("jobyard: cannot read " + lib + ": ");
        }
    }

    @Test
    public void whoEndsTheMakingOfOneLeavesNothing() throws Exception {
        for (String part : List.of("bundles", "etc-defaults")) {
            Files.createSymbolicLink(program.resolve(part), Program.HOME.resolve(part));
        }
        Path temporary = folder.newFolder("tmp").toPath();
        List<Path> before = files(program.resolve("lib"));
        ProcessBuilder make = new ProcessBuilder(program.resolve("bin/jobyard").toString(), "archive-classes")
                .redirectErrorStream(true)
                .redirectOutput(folder.newFile("said"));
        make.environment().put("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + temporary);
        Process making = make.start();
        await().atMost(HostProcess.TIMEOUT)
                .until(() -> !making.isAlive() || host(temporary).isPresent());
        ProcessHandle host = host(temporary).orElseThrow();
        making.destroy();
        making.waitFor();
        assertThat(host.isAlive()).isFalse();
        assertThat(files(temporary)).isEmpty();
        assertThat(files(program.resolve("lib"))).isEqualTo(before);
    }

    /** A host on an instance in the directory. */
    private static Optional<ProcessHandle> host(Path temporary) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains("--background") && line.contains(temporary.toString()))
                        .isPresent())
                .findFirst();
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    /** What a host loads that has no instance; it says nothing but that. */
    private List<String> loaded() throws IOException, InterruptedException {
        Path log = folder.newFile("loaded").toPath();
        ProcessBuilder run =
                new ProcessBuilder(program.resolve("bin/jobyard").toString(), "run", "--instance", "/dev/null/none");
        run.environment().put("JOBYARD_JAVA_OPTS", "-Xlog:class+load:file=" + log);
        Outcome outcome = HostProcess.run(run);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).startsWith("jobyard: ").hasLineCount(1);
        return Files.readAllLines(log);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }
}
