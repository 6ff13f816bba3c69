// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.sqlite;

import java.io.IOException;
import java.io.UncheckedIOException;
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

    private record OpenDatabase(DatabaseLock lock, Semaphore turn) {}

    private final Map<Path, OpenDatabase> open = new HashMap<>();

    /** @param unpacked directory for the native library; see {@link NativeFolder} */
    SqliteEngine(Path unpacked) {
        try {
            NativeFolder.use(unpacked);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create the directory for SQLite's library, " + unpacked, e);
        }
    }

    synchronized SqliteSource source(SqliteUrl url) throws SQLException {
        OpenDatabase database = open.get(url.file());
        if (database == null) {
            if (!url.create() && Files.notExists(url.file())) {
                throw new SQLException(
                        "the database file " + url.file()
                                + " is missing: is its disk mounted? Recover the file, or append"
                                + " ?create=true to url to create an empty database",
                        SqliteFaults.NO_CONNECTION);
            }
            database = new OpenDatabase(DatabaseLock.take(url.file()), new Semaphore(1, true));
            open.put(url.file(), database);
            if (Files.notExists(url.file())) {
                SqliteFiles.create(url.file());
            }
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
