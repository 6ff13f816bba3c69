// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.postgres;

import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.DataSource;
import javax.sql.XADataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.jdbc.DataSourceFactory;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/** Makes data sources of PostgreSQL, with the driver's settings that a store wants where the URL says nothing of them. */
final class PostgresSources implements DataSourceFactory {

    static final String PREFIX = "jdbc:postgresql:";

    /** A connection is given up over which nothing comes back for a minute: whatever stores a change or asks about jobs is done by then. */
    private static final Map<PGProperty, String> DEFAULTS = Map.of(
            PGProperty.APPLICATION_NAME, "jobyard",
            PGProperty.TCP_KEEP_ALIVE, "true",
            PGProperty.CONNECT_TIMEOUT, "5",
            PGProperty.SOCKET_TIMEOUT, "60",
            PGProperty.REWRITE_BATCHED_INSERTS, "true");

    @Override
    public DataSource createDataSource(@Nullable Properties properties) throws SQLException {
        Properties asked = properties == null ? new Properties() : properties;
        String url = Objects.requireNonNullElse(asked.getProperty(JDBC_URL), "");
        Properties named = url.startsWith(PREFIX) ? org.postgresql.Driver.parseURL(url, null) : null;
        if (named == null) {
            throw new SQLException("url is not a URL of PostgreSQL; use one that begins with " + PREFIX);
        }
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(url);
        for (Map.Entry<PGProperty, String> one : DEFAULTS.entrySet()) { // what is set before the URL would win over it
            if (!named.containsKey(one.getKey().getName())) {
                source.setProperty(one.getKey(), one.getValue());
            }
        }
        source.setProperty(PGProperty.LOG_SERVER_ERROR_DETAIL, "false"); // it quotes what is stored
        if (asked.getProperty(JDBC_USER) != null) {
            source.setUser(asked.getProperty(JDBC_USER));
            source.setPassword(asked.getProperty(JDBC_PASSWORD));
        }
        return source;
    }

    @Override
    public Driver createDriver(@Nullable Properties properties) {
        return new org.postgresql.Driver();
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
