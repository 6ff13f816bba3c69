// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.sqlite;

import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Objects;
import java.util.Properties;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.DataSource;
import javax.sql.XADataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.jdbc.DataSourceFactory;
import org.sqlite.JDBC;

/** Makes data sources of SQLite. */
final class SqliteSources implements DataSourceFactory {

    private final SqliteEngine engine;

    SqliteSources(SqliteEngine engine) {
        this.engine = engine;
    }

    @Override
    public DataSource createDataSource(@Nullable Properties properties) throws SQLException {
        Properties asked = properties == null ? new Properties() : properties;
        return engine.source(SqliteUrl.of(Objects.requireNonNullElse(asked.getProperty(JDBC_URL), "")));
    }

    @Override
    public Driver createDriver(@Nullable Properties properties) {
        return new JDBC();
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
