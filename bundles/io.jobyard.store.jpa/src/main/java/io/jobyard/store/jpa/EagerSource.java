// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * The database as the pool of connections asks it. The pool pauses ever longer between failed tries to connect, up to 5 s,
 * whoever waits meanwhile. A thread of its that is interrupted leaves off ({@code HikariPool.PoolEntryCreator} of HikariCP
 * 7.1), and the next who wants a connection has it try at once: so the host goes on as soon as its database does.
 */
final class EagerSource implements DataSource {

    /** Of the pool. */
    static final class PoolThread extends Thread {
        PoolThread(Runnable task) {
            super(task, "jobyard-store-pool");
            setDaemon(true);
        }
    }

    private final DataSource source;

    EagerSource(DataSource source) {
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
            if (!connected && Thread.currentThread() instanceof PoolThread) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("the user is among the properties of the source");
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return source.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        source.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        source.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return source.getLoginTimeout();
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
