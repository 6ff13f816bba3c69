// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.sqlite;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Connections to one database file, for this process alone. */
final class SqliteSource implements DataSource {

    /** Time for which a transaction waits for another one. */
    static final Duration BUSY = Duration.ofSeconds(10);

    private static final int INCREMENTAL = 2;

    /**
     * Settings of a connection. The log of a commit is forced to the disk. LIKE compares as in other databases. Each connection keeps 8 MB of pages, and temporary data in memory. A
     * commit that finds 32 MB in the log copies them into the database; a longer log is cut to 64 MB.
     */
    private static final List<String> SETTINGS = List.of(
            "journal_mode=WAL",
            "synchronous=" + (isTest() ? "OFF" : "FULL"),
            "foreign_keys=ON",
            "case_sensitive_like=ON",
            "cache_size=-8192",
            "temp_store=MEMORY",
            "wal_autocheckpoint=8192",
            "journal_size_limit=67108864");

    private final SqliteUrl url;
    private final Semaphore turn;
    private volatile int loginTimeout;

    SqliteSource(SqliteUrl url, Semaphore turn) {
        this.url = url;
        this.turn = turn;
    }

    /** As with Derby's property derby.system.durability: what a test stores need not survive a loss of power. */
    private static boolean isTest() {
        return "test".equals(System.getProperty("jobyard.sqlite.durability"));
    }

    @Override
    public Connection getConnection() throws SQLException {
        NativeFolder.load();
        SqliteConnection connection = new SqliteConnection(url, turn);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout=" + BUSY.toMillis());
            if (SqliteMaintenance.number(connection, "PRAGMA auto_vacuum") != INCREMENTAL) {
                statement.execute("PRAGMA auto_vacuum=INCREMENTAL"); // a new file, of which free pages can be released
            }
            for (String setting : SETTINGS) {
                statement.execute("PRAGMA " + setting);
            }
            for (String setting : url.pragmas()) {
                statement.execute("PRAGMA " + setting);
            }
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection(); // a file has no users
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        throw new SQLFeatureNotSupportedException("the driver writes no log");
    }

    @Override
    public void setLogWriter(PrintWriter writer) {
        // the driver writes no log
    }

    @Override
    public void setLoginTimeout(int seconds) {
        loginTimeout = seconds;
    }

    @Override
    public int getLoginTimeout() {
        return loginTimeout;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("the driver writes no log");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("this data source wraps nothing");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
