// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.sql;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Database as the connection pool sees it. Between failed connection attempts, the pool pauses ever longer, up to 5 s, even if callers
 * wait. When the pool's thread is interrupted, it stops its attempts ({@code HikariPool.PoolEntryCreator} of HikariCP 7.1), and the next
 * request for a connection starts again with short pauses. So the host continues as soon as its database is available.
 */
public final class ReconnectingSource implements DataSource {

    /** Thread of the pool. */
    public static final class PoolThread extends Thread {
        public PoolThread(Runnable task) {
            super(task, "jobyard-store-pool-1");
            setDaemon(true);
        }
    }

    /** Time in seconds for which a closing pool waits for the thread that opens connections. */
    private static final int CLOSING_SECONDS = 5;

    /** Duration of failures in nanoseconds after which the thread is interrupted. Pauses have then grown to a third of a second. */
    private static final long LONGEST_NANOS = 500_000_000;

    private final DataSource source;
    /** {@link System#nanoTime} of the first failure; 0 after a success. Only the pool's connecting thread uses it. */
    private long failingSince;

    public ReconnectingSource(DataSource source) {
        this.source = source;
    }

    @Override
    public Connection getConnection() throws SQLException {
        boolean connected = false;
        try {
            Connection connection = source.getConnection();
            connected = true;
            return connection;
        } finally {
            if (Thread.currentThread() instanceof PoolThread) {
                tried(connected);
            }
        }
    }

    private synchronized void tried(boolean connected) {
        long now = System.nanoTime();
        if (connected) {
            failingSince = 0;
        } else if (failingSince == 0) {
            failingSince = now;
        } else if (now - failingSince > LONGEST_NANOS) {
            failingSince = 0;
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("set the user and the password in the properties of the data source");
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return source.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        source.setLogWriter(out);
    }

    /**
     * Does nothing. The pool would set the connection timeout of its callers, a second, which is too short on a very busy machine. The
     * driver has its own timeout.
     */
    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return CLOSING_SECONDS;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return source.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return source.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return source.isWrapperFor(type);
    }
}
