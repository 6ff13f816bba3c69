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

/** Factory of PostgreSQL data sources, with driver settings for the store, unless the URL has others. */
final class PostgresSources implements DataSourceFactory {

    static final String PREFIX = "jdbc:postgresql:";

    /** Time without an answer after which a connection is closed, one minute. Changes and reads of jobs finish within this time. */
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
            throw new SQLException("invalid url: use a URL of PostgreSQL, which begins with " + PREFIX);
        }
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(url);
        for (Map.Entry<PGProperty, String> one :
                DEFAULTS.entrySet()) { // a value set before the URL would override the URL
            if (!named.containsKey(one.getKey().getName())) {
                source.setProperty(one.getKey(), one.getValue());
            }
        }
        source.setProperty(PGProperty.LOG_SERVER_ERROR_DETAIL, "false"); // its message would contain stored data
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
