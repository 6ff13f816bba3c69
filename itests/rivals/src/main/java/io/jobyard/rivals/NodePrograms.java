// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rivals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Libraries for Node. npm installs the versions of the lock file. */
final class NodePrograms {

    private static final List<String> FILES = List.of("package.json", "package-lock.json", "rival.mjs");

    private final Path directory;

    private NodePrograms(Path directory) {
        this.directory = directory;
    }

    /** Installs the libraries; empty if npm is not installed or cannot install them. */
    static Optional<NodePrograms> install(Path directory) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        for (String name : FILES) {
            try (InputStream in =
                    Objects.requireNonNull(NodePrograms.class.getResourceAsStream("node/" + name), name)) {
                Files.write(directory.resolve(name), in.readAllBytes());
            }
        }
        Path output = directory.resolve("npm.txt");
        try {
            int exit = new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund")
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start()
                    .waitFor();
            if (exit == 0) {
                return Optional.of(new NodePrograms(directory));
            }
            System.err.println("npm cannot install the libraries for Node: " + Files.readString(output));
        } catch (IOException e) {
            System.err.println("npm is not installed: the libraries for Node are not measured");
        }
        return Optional.empty();
    }

    Contender contender(String library, Databases databases) {
        return new ProcessContender(
                library, List.of("node", directory.resolve("rival.mjs").toString(), library), databases);
    }
}
