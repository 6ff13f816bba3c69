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
import io.jobyard.api.spi.hosting.HostNotices;
import io.jobyard.api.spi.hosting.HostStore;
import io.jobyard.api.spi.identity.IdentityStore;
import io.jobyard.api.spi.limiting.LimitStore;
import io.jobyard.api.spi.reading.JobReads;
import io.jobyard.api.spi.schedules.ScheduleStore;
import io.jobyard.api.spi.scheduling.JobStore;
import io.jobyard.api.spi.scheduling.RequestStore;
import io.jobyard.api.spi.scheduling.SubmissionInbox;
import io.jobyard.api.spi.using.UsageStore;
import io.jobyard.api.spi.working.WorkStore;
import io.jobyard.settings.api.AuditSeal;
import io.jobyard.store.postgres.PostgresDialect;
import io.jobyard.store.postgres.PostgresServer;
import io.jobyard.testkit.store.StoreUnderTest;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.persistence.EntityManagerFactory;
import javax.persistence.Persistence;

/** A store in a schema of its own on a PostgreSQL, opened as the components do it. */
final class PostgresStore implements StoreUnderTest {

    private final PostgresDialect dialect = new PostgresDialect();
    private final StoreSettings settings;
    private final Path folder;
    private final Claimant claimant;
    private final WiredSources sources;
    private HikariDataSource pool;
    private EntityManagerFactory units;
    private Store store;
    private boolean indexed;

    PostgresStore(Path folder) throws SQLException {
        this(
                folder,
                PostgresServer.shared(),
                PostgresServer.shared().newSchema(),
                new Claimant("here", "", Duration.ofSeconds(30)));
    }

    /** Of a host, in a schema of that server. */
    PostgresStore(Path folder, PostgresServer server, String url, Claimant claimant) throws SQLException {
        this(folder, server, url, claimant, Call::make);
    }

    /** Whose calls go over a wire. */
    PostgresStore(Path folder, PostgresServer server, String url, Claimant claimant, Wire wire) throws SQLException {
        sources = new WiredSources(dialect.sources(), wire);
        this.folder = folder;
        this.claimant = claimant;
        settings = new StoreSettings(url, PostgresServer.USER, server.password(), StoreSettings.POOL_SIZE, 30, true);
        open();
    }

    private void open() throws SQLException {
        pool = Pool.open(settings, dialect, sources, folder, false, step -> {});
        try {
            openStore();
        } catch (SQLException | RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    private void openStore() throws SQLException {
        units = Persistence.createEntityManagerFactory("jobyard", Map.of("javax.persistence.nonJtaDataSource", pool));
        store = new Store(
                pool, units, dialect, Clock.systemUTC(), claimant, List.of(folder), new AuditSeal(new byte[32]));
        if (indexed) {
            store.keepIndex();
        }
    }

    /** The same with an index of searches, as hosts have it. */
    PostgresStore withIndex() {
        indexed = true;
        store.keepIndex();
        return this;
    }

    List<Finding> examine() {
        return store.examine();
    }

    StoreMaintenance maintenance() {
        return store.maintenance();
    }

    void whenFenced(Consumer<String> listener) {
        store.whenFenced(listener);
    }

    @Override
    public HostStore hosts() {
        return store.hosts();
    }

    HostNotices notices() {
        return store.notices();
    }

    HikariDataSource pool() {
        return pool;
    }

    /** Behind the election that its beginning has brought. */
    void awaitElection() {
        store.jobs().released(List.of()).join();
    }

    SubmissionInbox submissions() {
        return store.submissions().orElseThrow();
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
    public void restart() {
        close();
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
