// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a copy of each jar that served, for the next start of the host, until its file in {@code deploy/} is gone. */
final class JarBackups {

    private static final Logger LOG = LoggerFactory.getLogger(JarBackups.class);
    private static final String NEXT = ".next";

    private final Path directory;

    JarBackups(Path directory) {
        this.directory = directory;
    }

    /** Copies a jar and returns the copy: the bundle is installed from it, so the copy is exact. */
    Path take(Path jar) throws IOException {
        Files.createDirectories(directory);
        return Files.copy(jar, next(jar.getFileName().toString()), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Keeps the last copy, whose bundle serves. */
    void keep(String name) throws IOException {
        if (Files.exists(next(name))) {
            Files.move(next(name), directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Returns whether a different jar served before. */
    boolean hasOther(Path jar) throws IOException {
        Path kept = kept(jar.getFileName().toString());
        return Files.exists(kept) && Files.mismatch(kept, jar) >= 0;
    }

    /** Returns whether the copy equals this jar. */
    boolean keeps(Path jar) {
        try {
            return Files.mismatch(kept(jar.getFileName().toString()), jar) < 0;
        } catch (IOException e) {
            return false;
        }
    }

    Path kept(String name) {
        return directory.resolve(name);
    }

    void forget(String name) {
        delete(next(name));
        delete(kept(name));
    }

    void forgetAllBut(Set<String> names) throws IOException {
        if (Files.exists(directory)) {
            List<Path> files;
            try (Stream<Path> all = Files.list(directory)) {
                files = all.toList();
            }
            files.stream().filter(file -> !names.contains(StartMarks.jar(file))).forEach(JarBackups::delete);
        }
    }

    private Path next(String name) {
        return directory.resolve(name + NEXT);
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("Cannot delete {}: {}", file, e.toString());
        }
    }
}
