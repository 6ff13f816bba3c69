// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.itests.HostProcess.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The classes that the build keeps beside the program. */
public class ClassArchiveIT {

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
    public void anotherJarThanItWasMadeOfIsReadAsEver() throws Exception {
        try (Stream<Path> files = Files.list(program.resolve("lib"))) {
            for (Path jar :
                    files.filter(file -> file.toString().endsWith(".jar")).toList()) {
                Files.setLastModifiedTime(jar, FileTime.from(Instant.EPOCH));
            }
        }
        assertThat(loaded()).anyMatch(line -> line.contains(MAIN) && line.contains(".jar"));
    }

    /** What {@code bin/jobyard version} loads; it says nothing but the version. */
    private List<String> loaded() throws IOException, InterruptedException {
        Path log = folder.newFile("loaded").toPath();
        ProcessBuilder version =
                new ProcessBuilder(program.resolve("bin/jobyard").toString(), "version");
        version.environment().put("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + log);
        Outcome outcome = HostProcess.run(version);
        assertThat(outcome.out()).startsWith("Jobyard ").hasLineCount(1);
        assertThat(outcome.err().lines()).allMatch(line -> line.startsWith("NOTE: Picked up JDK_JAVA_OPTIONS"));
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
