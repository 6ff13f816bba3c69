// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.derby;

import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Objects;
import java.util.Properties;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.DataSource;
import javax.sql.XADataSource;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.jdbc.DataSourceFactory;

/** Factory of data sources for the embedded Derby. */
final class DerbyDataSources implements DataSourceFactory {

    static final String PREFIX = "jdbc:derby:";

    private final Driver driver;

    DerbyDataSources(Driver driver) {
        this.driver = driver;
    }

    @Override
    public DataSource createDataSource(@Nullable Properties properties) throws SQLException {
        Properties asked = properties == null ? new Properties() : properties;
        String url = Objects.requireNonNullElse(asked.getProperty(JDBC_URL), "");
        if (!url.startsWith(PREFIX)) {
            throw new SQLException(
                    "invalid url = " + url + ": use a URL of embedded Derby, which begins with " + PREFIX);
        }
        String[] parts = url.substring(PREFIX.length()).split(";", 2);
        EmbeddedDataSource source = new EmbeddedDataSource();
        source.setDatabaseName(parts[0]);
        if (parts.length > 1) {
            source.setConnectionAttributes(parts[1]);
        }
        source.setUser(asked.getProperty(JDBC_USER));
        source.setPassword(asked.getProperty(JDBC_PASSWORD));
        return new WritableDataSource(source, driver);
    }

    @Override
    public Driver createDriver(@Nullable Properties properties) {
        return driver;
    }

    @Override
    public ConnectionPoolDataSource createConnectionPoolDataSource(@Nullable Properties properties)
            throws SQLException {
        throw new SQLFeatureNotSupportedException("use createDataSource");
    }

    @Override
    public XADataSource createXADataSource(@Nullable Properties properties) throws SQLException {
        throw new SQLFeatureNotSupportedException("use createDataSource");
    }
}
