// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import com.zaxxer.hikari.HikariDataSource;
import io.jobyard.api.Finding;
import io.jobyard.api.spi.CommitListener;
import io.jobyard.api.spi.Routing;
import io.jobyard.api.spi.StoreMaintenance;
import io.jobyard.api.spi.auditing.AuditStore;
import io.jobyard.api.spi.bulk.BulkStore;
import io.jobyard.api.spi.following.FeedStore;
import io.jobyard.api.spi.following.FollowerStore;
import io.jobyard.api.spi.hosting.HostStore;
import io.jobyard.api.spi.identity.IdentityStore;
import io.jobyard.api.spi.limiting.LimitStore;
import io.jobyard.api.spi.reading.JobReads;
import io.jobyard.api.spi.schedules.ScheduleStore;
import io.jobyard.api.spi.scheduling.JobStore;
import io.jobyard.api.spi.scheduling.RequestStore;
import io.jobyard.api.spi.using.UsageStore;
import io.jobyard.api.spi.working.WorkStore;
import io.jobyard.settings.api.AuditSeal;
import io.jobyard.store.api.StoreDialect;
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

    static final Claimant HERE = new Claimant("here", "", Duration.ofSeconds(30));

    private HikariDataSource pool;
    private EntityManagerFactory units;
    private Store store;
    private boolean indexed;

    /** Connects to the database, and calls {@link #open(HikariDataSource, StoreDialect, Claimant, Path)}. */
    abstract void open() throws SQLException;

    final void open(HikariDataSource opened, StoreDialect dialect, Claimant claimant, Path folder) throws SQLException {
        pool = opened;
        try {
            units = Persistence.createEntityManagerFactory(
                    "jobyard", Map.of("javax.persistence.nonJtaDataSource", pool));
            store = new Store(
                    pool, units, dialect, Clock.systemUTC(), claimant, List.of(folder), new AuditSeal(new byte[32]));
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

    final Store store() {
        return store;
    }

    final HikariDataSource pool() {
        return pool;
    }

    final StoreMaintenance maintenance() {
        return store.maintenance();
    }

    final List<Finding> examine() {
        return store.examine();
    }

    @Override
    public JobStore jobs() {
        return store.jobs();
    }

    @Override
    public JobReads reads() {
        return store.reads();
    }

    @Override
    public FeedStore feed() {
        return store.feed();
    }

    @Override
    public LimitStore limits() {
        return store.limits();
    }

    @Override
    public UsageStore usage() {
        return store.usage();
    }

    @Override
    public WorkStore work() {
        return store.work();
    }

    @Override
    public IdentityStore identities() {
        return store.identities();
    }

    @Override
    public FollowerStore followers() {
        return store.followers();
    }

    @Override
    public RequestStore requests() {
        return store.requests();
    }

    @Override
    public BulkStore bulks() {
        return store.bulks();
    }

    @Override
    public ScheduleStore schedules() {
        return store.schedules();
    }

    @Override
    public AuditStore audit() {
        return store.audit();
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
    public HostStore hosts() {
        return store.hosts();
    }

    @Override
    public void restart() {
        restart(() -> {});
    }

    /** Does something after it is closed and before it is opened again. */
    final void restart(Runnable between) {
        close();
        between.run();
        try {
            open();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        store.close();
        units.close();
        pool.close();
    }
}
