// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.derby;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import javax.sql.DataSource;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Derby data source that returns no read-only connection. If Derby finds no space for its log, it shuts down, restarts read-only, and stays
 * so. This class closes such a database, so that the first call with enough space opens it for writes again.
 */
final class WritableDataSource implements DataSource {

    private static final Logger LOG = LoggerFactory.getLogger(WritableDataSource.class);

    /** Derby's code for a log that cannot be written. */
    private static final String LOG_FULL = "XSLA4";

    private final EmbeddedDataSource derby;
    private final Driver driver;
    private volatile int loginTimeout;

    WritableDataSource(EmbeddedDataSource derby, Driver driver) {
        this.derby = derby;
        this.driver = driver;
    }

    @Override
    public synchronized Connection getConnection() throws SQLException {
        return writable(derby.getConnection());
    }

    @Override
    public synchronized Connection getConnection(String user, String password) throws SQLException {
        return writable(derby.getConnection(user, password));
    }

    /**
     * Does nothing. Derby ignores the timeout: the creation or recovery of a database takes its time, while a pool allows only one second.
     */
    @Override
    public void setLoginTimeout(int seconds) {
        loginTimeout = seconds;
    }

    @Override
    public int getLoginTimeout() {
        return loginTimeout;
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return derby.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter writer) throws SQLException {
        derby.setLogWriter(writer);
    }

    @Override
    public java.util.logging.Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return derby.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return derby.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return derby.isWrapperFor(type);
    }

    private Connection writable(Connection connection) throws SQLException {
        if (!connection.isReadOnly()) {
            return connection;
        }
        connection.close();
        letGo();
        throw new SQLException(
                "the database in " + derby.getDatabaseName() + " cannot write its log: its disk is full or read-only",
                LOG_FULL);
    }

    private void letGo() {
        try {
            driver.connect(DerbyDataSources.PREFIX + derby.getDatabaseName() + ";shutdown=true", new Properties());
        } catch (SQLException e) {
            LOG.debug("Derby reports the shutdown of a database as an error", e);
        }
    }
}
