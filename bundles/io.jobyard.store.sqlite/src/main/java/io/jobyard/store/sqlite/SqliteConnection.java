// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;
import org.sqlite.jdbc4.JDBC4Connection;

/**
 * Connection whose transactions write from their first statement on, one at a time and in turn. The driver would begin the next
 * transaction at each commit, and a transaction that begins by reading could not write after another one has written.
 */
final class SqliteConnection extends JDBC4Connection {

    private final Path file;
    private final Semaphore turn;
    private final Object opened;
    private boolean hasBegun;

    /**
     * Opens an existing file.
     *
     * @param turn one permit, for the transactions of all connections to the file
     */
    SqliteConnection(SqliteUrl url, Semaphore turn) throws SQLException {
        this(url, turn, key(url.file())); // the driver's own error does not name the file
    }

    private SqliteConnection(SqliteUrl url, Semaphore turn, Object opened) throws SQLException {
        super(SqliteUrl.PREFIX + url.file(), url.file().toString(), existing());
        file = url.file();
        this.turn = turn;
        this.opened = opened;
        getConnectionConfig().setGetGeneratedKeys(false);
    }

    private static Properties existing() {
        SQLiteConfig config = new SQLiteConfig();
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        return config.toProperties();
    }

    /** Returns the identity of the file that now has the database's path. */
    private static Object key(Path file) throws SQLException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (IOException e) {
            throw new SQLException(
                    "the database file " + file + " is missing or cannot be read", SqliteFaults.NO_CONNECTION, e);
        }
    }

    /** Rejects a commit into a file that nobody would find again. SQLite itself continues with a file that was moved or deleted. */
    private void refuseMoved() throws SQLException {
        if (!opened.equals(key(file))) {
            throw new SQLException(
                    "the database file " + file + " was replaced by another", SqliteFaults.NO_CONNECTION);
        }
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
            throws SQLException {
        return super.prepareStatement(StandardSql.translated(sql), type, concurrency, holdability);
    }

    @Override
    public Statement createStatement(int type, int concurrency, int holdability) throws SQLException {
        begin();
        return new SqliteStatement(this);
    }

    /** Called by the driver before each prepared statement. */
    @Override
    public void tryEnforceTransactionMode() throws SQLException {
        begin();
    }

    private void begin() throws SQLException {
        if (getAutoCommit() || hasBegun) {
            return;
        }
        refuseMoved();
        try {
            if (!turn.tryAcquire(SqliteSource.BUSY.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new SQLException(
                        "another transaction did not end within " + SqliteSource.BUSY.toSeconds() + " s",
                        SqliteFaults.CONFLICT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while another transaction writes", SqliteFaults.CONFLICT, e);
        }
        boolean begun = false;
        try {
            getDatabase().exec("BEGIN IMMEDIATE", false);
            begun = true;
        } finally {
            hasBegun = begun;
            if (!begun) {
                turn.release();
            }
        }
    }

    @Override
    public void setAutoCommit(boolean automatic) throws SQLException {
        checkOpen();
        if (automatic) {
            end("COMMIT");
        }
        getConnectionConfig().setAutoCommit(automatic);
    }

    @Override
    public void commit() throws SQLException {
        checkOpen();
        end("COMMIT");
    }

    @Override
    public void rollback() throws SQLException {
        checkOpen();
        try {
            end("ROLLBACK");
        } catch (SQLException e) {
            if (!String.valueOf(e.getMessage()).contains("no transaction is active")) { // some errors undo it at once
                throw e;
            }
        }
    }

    private void end(String how) throws SQLException {
        if (!hasBegun) {
            return;
        }
        boolean ended = false;
        try {
            getDatabase().exec(how, false);
            ended = true;
        } finally {
            if (ended || how.equals("ROLLBACK")) {
                over();
            }
        }
    }

    private void over() {
        if (hasBegun) {
            hasBegun = false;
            turn.release();
        }
    }

    /** Undoes the transaction. */
    @Override
    public void close() throws SQLException {
        try {
            super.close();
        } finally {
            over();
        }
    }

    /** The driver's own does nothing. A statement that runs ends with an error, or has ended before. */
    @Override
    public void abort(Executor executor) throws SQLException {
        if (!isClosed()) {
            getDatabase().interrupt();
            close();
        }
    }
}
