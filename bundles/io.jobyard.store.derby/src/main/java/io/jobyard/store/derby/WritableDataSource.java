// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.derby;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Derby's own data source, which gives no connection that cannot write. A Derby that finds no room for its log shuts
 * down, and boots read-only as long as the disk is full; then it would stay so. This lets such a database go again, so
 * that the first call after there is room boots one that writes.
 */
final class WritableDataSource extends EmbeddedDataSource {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(WritableDataSource.class);

    /** Derby's code for a log that cannot be written. */
    private static final String LOG_FULL = "XSLA4";

    private final transient Driver driver;

    WritableDataSource(Driver driver) {
        this.driver = driver;
    }

    @Override
    public synchronized Connection getConnection() throws SQLException {
        return writable(super.getConnection());
    }

    @Override
    public synchronized Connection getConnection(String user, String password) throws SQLException {
        return writable(super.getConnection(user, password));
    }

    /** Sets nothing: to make or to recover the database takes the time it takes, and a pool would allow a second. */
    @Override
    public void setLoginTimeout(int seconds) {}

    private Connection writable(Connection connection) throws SQLException {
        if (!connection.isReadOnly()) {
            return connection;
        }
        connection.close();
        letGo();
        throw new SQLException(
                "the database in " + getDatabaseName() + " cannot write its log: its disk is full or read-only",
                LOG_FULL);
    }

    private void letGo() {
        try {
            driver.connect(DerbyDataSources.PREFIX + getDatabaseName() + ";shutdown=true", new Properties());
        } catch (SQLException e) {
            LOG.debug("Derby tells the end of a database as an error", e);
        }
    }
}
