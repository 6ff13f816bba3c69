// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.store.derby.EmbeddedDerby;
import io.jobyard.store.jpa.schema.Pool;
import io.jobyard.store.jpa.sql.StoreSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The files of a database that has the schema and that no host has ever opened. */
final class NewDatabase {

    private final Path made;

    private NewDatabase(Path made) {
        this.made = made;
    }

    static NewDatabase make() {
        try {
            Path made = temporary();
            try (EmbeddedDerby derby = new EmbeddedDerby(made)) {
                StoreSettings settings = new StoreSettings("", "", "", StoreSettings.POOL_SIZE, 30, true);
                Pool.open(settings, derby.dialect(), derby.sources(), made, false, step -> {})
                        .close();
            }
            return new NewDatabase(made);
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A folder that goes with this process, for a database that is open until then. */
    static Path temporary() throws IOException {
        Path folder = Files.createTempDirectory("jobyard-database-");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            new EmbeddedDerby(folder).close();
            delete(folder);
        }));
        return folder;
    }

    /** Unless the folder has anything. */
    void copyTo(Path folder) {
        try {
            Files.createDirectories(folder);
            if (files(folder).size() > 1) {
                return;
            }
            copy(made, folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies what a folder has into an empty one. */
    static void copy(Path from, Path to) throws IOException {
        for (Path file : files(from)) {
            if (!file.equals(from)) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.toList();
        }
    }

    private static void delete(Path folder) {
        try {
            for (Path file :
                    files(folder).stream().sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
