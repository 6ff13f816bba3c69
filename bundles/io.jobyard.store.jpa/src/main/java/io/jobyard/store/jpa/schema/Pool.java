// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.schema;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.jobyard.api.StoreException;
import io.jobyard.store.api.StoreDialect;
import io.jobyard.store.jpa.sql.ReconnectingSource;
import io.jobyard.store.jpa.sql.Session;
import io.jobyard.store.jpa.sql.StoreSettings;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.function.Consumer;
import org.osgi.service.jdbc.DataSourceFactory;

/** Opens the connection pool of a database with the current schema. */
public final class Pool {

    /** Time to wait for a connection before callers get an error. Applies after the pool has opened. */
    private static final Duration CONNECTION_TIMEOUT = Duration.ofMillis(700);

    /** Minimum that Derby's driver supports. */
    private static final Duration VALIDATION_TIMEOUT = Duration.ofSeconds(1);

    private Pool() {}

    /** Opens a pool for a host with this data directory. */
    public static HikariDataSource open(
            StoreSettings settings,
            StoreDialect dialect,
            DataSourceFactory factory,
            Path data,
            boolean anew,
            Consumer<String> doing)
            throws SQLException {
        String url = url(settings, dialect, data);
        if (dialect.isOwn(settings.url())) {
            dialect.prepare(data, anew, doing);
        } else if (anew) {
            throw new StoreException(
                    "--new-store applies only to a database in the data directory, but url = " + settings.position()
                            + " in " + StoreSettings.PID + ": omit one of them",
                    null);
        } else {
            doing.accept("opening the database at " + settings.position());
        }
        HikariConfig config = new HikariConfig();
        config.setPoolName("jobyard");
        config.setDataSource(new ReconnectingSource(factory.createDataSource(properties(settings, url))));
        config.setThreadFactory(ReconnectingSource.PoolThread::new);
        config.setMaximumPoolSize(settings.poolSize());
        config.setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
        config.setValidationTimeout(VALIDATION_TIMEOUT.toMillis());
        config.setRegisterMbeans(false);
        HikariDataSource pool = new HikariDataSource(config);
        try {
            doing.accept("checking the schema of the database");
            migrate(pool, dialect, doing);
            return pool;
        } catch (SQLException | RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    private static void migrate(HikariDataSource pool, StoreDialect dialect, Consumer<String> doing)
            throws SQLException {
        Session session = new Session(pool.getConnection());
        try {
            dialect.prepareForLongStatements(session.connection());
            new Schema(session.connection(), dialect, doing).migrate();
        } catch (SQLException | RuntimeException | Error e) {
            session.discard(pool); // rolls back an incomplete step
            throw e;
        }
        session.close();
    }

    /** Returns the URL of the database that the settings name. */
    public static String url(StoreSettings settings, StoreDialect dialect, Path data) {
        if (dialect.isOwn(settings.url())) {
            return dialect.ownUrl(data).orElseThrow();
        }
        if (settings.url().isEmpty()) {
            throw new StoreException(
                    "url of " + StoreSettings.PID + " is missing: set it to the URL of the " + dialect.name()
                            + " database",
                    null);
        }
        if (!dialect.serves(settings.url())) {
            throw new StoreException(
                    "url = " + settings.position() + " in " + StoreSettings.PID + " is not a URL of " + dialect.name()
                            + "; omit it for the embedded database",
                    null);
        }
        return settings.url();
    }

    /** Returns the properties of a data source. */
    public static Properties properties(StoreSettings settings, String url) {
        Properties properties = new Properties();
        properties.setProperty(DataSourceFactory.JDBC_URL, url);
        if (!settings.user().isEmpty()) {
            properties.setProperty(DataSourceFactory.JDBC_USER, settings.user());
            properties.setProperty(DataSourceFactory.JDBC_PASSWORD, settings.password());
        }
        return properties;
    }
}
