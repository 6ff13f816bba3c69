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
 * Derby's data source, which gives no connection that cannot write. A Derby that finds no room for its log shuts
 * down, and boots read-only as long as the disk is full; then it would stay so. This lets such a database go again, so
 * that the first call after there is room boots one that writes.
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

    /** Derby does not hear of it: to make or to recover a database takes the time it takes, and a pool allows a second. */
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
