// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.sqlite;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteJDBCLoader;

/**
 * Directory where the driver unpacks its native library. Each process has its own, so that no process deletes a library that another one is
 * about to load.
 */
final class NativeFolder {

    private static final String UNPACKED = "org.sqlite.tmpdir";

    private static @Nullable Path own;

    private NativeFolder() {}

    /**
     * Sets the directory of this process, once, because the driver reads the setting once. Deletes the directories of ended processes.
     *
     * @param all the parent directory, unless the command line names another one with {@code -Dorg.sqlite.tmpdir}
     */
    static synchronized void use(Path all) throws IOException {
        if (own == null) {
            Path parent = Path.of(System.getProperty(UNPACKED, all.toString())).toAbsolutePath();
            own = Files.createDirectories(
                    parent.resolve(String.valueOf(ProcessHandle.current().pid())));
            deleteOld(parent);
            System.setProperty(UNPACKED, own.toString());
        }
    }

    /** Unpacks and loads the library before the first connection. Without the library, the driver's error names no cause. */
    static void load() throws SQLException {
        try {
            SQLiteJDBCLoader.initialize();
        } catch (Exception e) { // the driver declares no other
            throw new SQLException(
                    "cannot load SQLite's library from " + System.getProperty(UNPACKED)
                            + ": set JOBYARD_JAVA_OPTS=-Dorg.sqlite.tmpdir=DIR to a directory of a file system without noexec ("
                            + e.getMessage() + ")",
                    SqliteFaults.NO_CONNECTION,
                    e);
        }
    }

    /** Deletes the directories of processes that have ended. */
    static void deleteOld(Path parent) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, NativeFolder::isOld)) {
            for (Path folder : folders) {
                try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                    for (Path file : files) {
                        Files.deleteIfExists(file);
                    }
                }
                Files.deleteIfExists(folder);
            }
        }
    }

    private static boolean isOld(Path folder) {
        String name = folder.getFileName().toString();
        return name.matches("\\d{1,18}")
                && ProcessHandle.of(Long.parseLong(name)).isEmpty();
    }
}
