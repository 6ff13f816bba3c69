// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Lock of a database file for this process: SQLite itself would let other processes write between two transactions. The lock is on a file
 * of its own, because POSIX drops all locks of a file when any descriptor of it is closed.
 */
final class DatabaseLock implements AutoCloseable {

    private final FileChannel channel;

    private DatabaseLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws SQLException if another process has the database open */
    static DatabaseLock take(Path database) throws SQLException {
        Path file = database.resolveSibling(database.getFileName() + ".lock");
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new SQLException(
                        "the database in " + database + " is in use by another process: stop it first",
                        SqliteFaults.NO_CONNECTION);
            }
            return new DatabaseLock(channel);
        } catch (IOException e) {
            throw new SQLException("the lock file " + file + " cannot be created: " + e, SqliteFaults.NO_CONNECTION, e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // another store of this process has it
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
