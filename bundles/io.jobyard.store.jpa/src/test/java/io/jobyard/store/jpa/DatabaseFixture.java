// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import com.zaxxer.hikari.HikariDataSource;
import io.jobyard.api.StoreException;
import io.jobyard.settings.api.AuditSeal;
import io.jobyard.store.api.StoreDialect;
import io.jobyard.store.jpa.incarnation.HostCandidate;
import io.jobyard.store.jpa.schema.Pool;
import io.jobyard.store.jpa.sql.StoreSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.persistence.EntityManagerFactory;
import javax.persistence.Persistence;
import javax.sql.DataSource;

/** An embedded database behind a wire, on which stores are opened one after the other. */
final class DatabaseFixture implements AutoCloseable {

    private final EmbeddedKind kind;
    private final StoreDialect dialect;
    private final WiredSources sources;
    private final DataSource direct;
    private final StoreSettings settings;
    private final HikariDataSource pool;
    private final EntityManagerFactory units;
    private final EmptyTables tables;

    DatabaseFixture(EmbeddedKind kind, Path folder, Wire wire) throws SQLException {
        this.kind = kind;
        String url = kind.url(folder);
        dialect = kind.dialect(folder);
        sources = new WiredSources(dialect.sources(), wire);
        settings = new StoreSettings(url, "", "", 6, 30, true);
        java.util.Properties properties = new java.util.Properties();
        properties.setProperty("url", url);
        direct = dialect.sources().createDataSource(properties);
        pool = openPool();
        units = Persistence.createEntityManagerFactory("jobyard", Map.of("javax.persistence.nonJtaDataSource", pool));
        try (Connection connection = direct()) {
            tables = new EmptyTables(connection, dialect);
        }
    }

    private HikariDataSource openPool() throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                return Pool.open(settings, dialect, sources, Path.of(""), false, step -> {});
            } catch (SQLException | RuntimeException e) { // as an administrator starts a host again that did not start
                if (attempt == 20) {
                    throw e;
                }
            }
        }
    }

    void breakAll() {
        try {
            sources.breakAll();
        } catch (SQLException e) {
            throw new StoreException("the rig is broken", e);
        }
    }

    Store open(Clock clock) throws SQLException {
        return new StoreOpening(
                        pool,
                        units,
                        dialect,
                        clock,
                        new HostCandidate("here", "", Duration.ofSeconds(30)),
                        List.of(),
                        new AuditSeal(new byte[32]))
                .open();
    }

    /** A connection that goes over no wire. */
    Connection direct() throws SQLException {
        return direct.getConnection();
    }

    void clear() throws SQLException {
        try (Connection connection = direct()) {
            tables.make(connection);
        }
    }

    @Override
    public void close() {
        units.close();
        pool.close();
        kind.shutDown(dialect);
    }
}
