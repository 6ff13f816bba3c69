// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.sqlite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Databases that this process has open. Each is locked for other processes from its first use to the end. */
final class SqliteEngine {

    private static final Logger LOG = LoggerFactory.getLogger(SqliteEngine.class);
    private static final String UNPACKED = "org.sqlite.tmpdir";

    private record OpenDatabase(DatabaseLock lock, Semaphore turn) {}

    private final Map<Path, OpenDatabase> open = new HashMap<>();

    /** Sets the directory where the driver unpacks the native library, unless the command line does. */
    SqliteEngine(Path unpacked) {
        if (System.getProperty(UNPACKED) == null) {
            System.setProperty(UNPACKED, unpacked.toAbsolutePath().toString());
        }
        Path folder = Path.of(System.getProperty(UNPACKED));
        try {
            deleteOld(Files.createDirectories(folder));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create the directory for SQLite's library, " + folder, e);
        }
    }

    /** Deletes the libraries that killed processes have left; a process that uses one keeps it. */
    private static void deleteOld(Path folder) throws IOException {
        try (DirectoryStream<Path> old = Files.newDirectoryStream(folder, "sqlite-*libsqlitejdbc*")) {
            for (Path file : old) {
                Files.deleteIfExists(file);
            }
        }
    }

    synchronized SqliteSource source(SqliteUrl url) throws SQLException {
        OpenDatabase database = open.get(url.file());
        if (database == null) {
            database = new OpenDatabase(DatabaseLock.take(url.file()), new Semaphore(1, true));
            open.put(url.file(), database);
        }
        return new SqliteSource(url, database.turn());
    }

    /** Gives up all databases. Their connections are closed. */
    synchronized void shutdown() {
        for (OpenDatabase database : open.values()) {
            try {
                database.lock().close();
            } catch (IOException e) {
                LOG.warn("Cannot release the lock of a database: {}", e.toString());
            }
        }
        open.clear();
    }
}
