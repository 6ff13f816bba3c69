// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The directory of one host, with {@code etc/}, {@code data/} and {@code deploy/}.
 *
 * @param directory the absolute path
 */
record InstanceDirectory(Path directory) {

    InstanceDirectory {
        directory = directory.toAbsolutePath().normalize();
    }

    Path etc() {
        return directory.resolve("etc");
    }

    Path data() {
        return directory.resolve("data");
    }

    Path deploy() {
        return directory.resolve("deploy");
    }

    Path log() {
        return data().resolve("log");
    }

    /** Returns the argument for a Java process that may use SQLite, with the directory for the native library. */
    String unpacked() throws IOException {
        Path folder = data().resolve("native");
        OwnerOnlyFiles.directory(folder);
        return "-Dorg.sqlite.tmpdir=" + folder;
    }

    /** Returns the file for the output of a background host. */
    Path console() {
        return log().resolve("console.log");
    }

    Path oldConsole() {
        return log().resolve("console.1.log");
    }

    /** Removes the directory and its contents. */
    void delete() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Creates missing files and directories. Never changes an existing file. */
    void prepare(Program program) {
        try {
            for (Path needed : List.of(etc(), log(), deploy())) {
                OwnerOnlyFiles.directory(needed);
            }
            try (Stream<Path> defaults = Files.list(program.defaults())) {
                for (Path file : defaults.toList()) {
                    Path own = etc().resolve(file.getFileName().toString());
                    if (Files.notExists(own)) {
                        // Atomically, because an incomplete file would never be replaced.
                        Path next = etc().resolve(file.getFileName() + ".new");
                        Files.deleteIfExists(next);
                        OwnerOnlyFiles.copy(file, next);
                        Files.move(next, own, StandardCopyOption.ATOMIC_MOVE);
                    }
                }
            }
        } catch (IOException e) {
            throw new LaunchException("cannot write the instance " + directory + " (" + e
                    + "): use --instance DIR for another directory");
        }
    }
}
