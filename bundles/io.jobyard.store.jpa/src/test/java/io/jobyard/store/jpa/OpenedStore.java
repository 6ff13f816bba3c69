// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import com.zaxxer.hikari.HikariDataSource;
import io.jobyard.api.Finding;
import io.jobyard.settings.api.AuditSeal;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.jobs.Routing;
import io.jobyard.spi.store.StoreMaintenance;
import io.jobyard.store.api.StoreDialect;
import io.jobyard.store.jpa.incarnation.HostCandidate;
import io.jobyard.testkit.store.StoreUnderTest;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.persistence.EntityManagerFactory;
import javax.persistence.Persistence;

/** A store that is opened as the components do it, on a database of its own. */
abstract class OpenedStore implements StoreUnderTest {

    static final HostCandidate HERE = new HostCandidate("here", "", Duration.ofSeconds(30));

    private HikariDataSource pool;
    private EntityManagerFactory units;
    private Store store;
    private boolean indexed;

    /** Connects to the database, and calls {@link #open(HikariDataSource, StoreDialect, Claimant, Path)}. */
    abstract void open() throws SQLException;

    final void open(HikariDataSource opened, StoreDialect dialect, HostCandidate claimant, Path folder)
            throws SQLException {
        pool = opened;
        try {
            units = Persistence.createEntityManagerFactory(
                    "jobyard", Map.of("javax.persistence.nonJtaDataSource", pool));
            AuditSeal seal = new AuditSeal(new byte[32]);
            store = new StoreOpening(pool, units, dialect, Clock.systemUTC(), claimant, List.of(folder), seal).open();
        } catch (SQLException | RuntimeException e) {
            pool.close();
            throw e;
        }
        if (indexed) {
            store.keepIndex();
        }
    }

    /** From now on it has an index of searches, as hosts have it. */
    final void keepIndex() {
        indexed = true;
        store.keepIndex();
    }

    public final Store store() {
        return store;
    }

    public final HikariDataSource pool() {
        return pool;
    }

    public final StoreMaintenance maintenance() {
        return store.maintenance();
    }

    final List<Finding> examine() {
        return store.examine();
    }

    @Override
    public <T> T service(Class<T> role) {
        return store.service(role);
    }

    @Override
    public void ask(Routing routing) {
        store.ask(routing);
    }

    @Override
    public void listen(CommitListener listener) {
        store.listen(listener);
    }

    @Override
    public void restart() {
        restart(() -> {});
    }

    /** Does something after it is closed and before it is opened again. */
    public final void restart(Runnable between) {
        shutDown();
        between.run();
        try {
            open();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As a host that ends. */
    void shutDown() {
        close();
    }

    @Override
    public void close() {
        store.close();
        units.close();
        pool.close();
    }
}
