// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The program that the build made and one bundle more, which starts before the store. Nothing else differs. */
final class FaultyProgram {

    /** Before the host's own bundles, after what they stand on. */
    private static final String LEVEL = "16";

    private FaultyProgram() {}

    static Path make() throws Exception {
        Path home = Files.createTempDirectory(Files.createDirectories(HostProcess.INSTANCES), "faulty");
        for (Path part : list(Program.HOME)) {
            String name = part.getFileName().toString();
            if (name.equals("bin")) {
                Files.createDirectories(home.resolve(name));
                Files.copy(part.resolve("jobyard"), home.resolve("bin/jobyard")); // finds its home beside itself
            } else if (!name.equals("bundles")) {
                Files.createSymbolicLink(home.resolve(name), part);
            }
        }
        Path bundles = Files.createDirectories(home.resolve("bundles"));
        for (Path level : list(Program.HOME.resolve("bundles"))) {
            Path own = Files.createDirectory(bundles.resolve(level.getFileName())); // in which it may write
            for (Path jar : list(level)) {
                Files.createSymbolicLink(own.resolve(jar.getFileName()), jar);
            }
        }
        HandlerJar.writeFaults(Files.createDirectories(bundles.resolve(LEVEL)).resolve("faults.jar"));
        return home;
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.toList();
        }
    }
}
