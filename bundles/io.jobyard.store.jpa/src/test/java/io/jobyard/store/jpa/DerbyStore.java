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
import io.jobyard.store.derby.EmbeddedDerby;
import io.jobyard.testkit.store.StoreUnderTest;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.persistence.EntityManagerFactory;
import javax.persistence.Persistence;

/** A store on an embedded Derby of its own, opened as the components do it. */
final class DerbyStore implements StoreUnderTest {

    /** Made once, before any other is open: to make one takes as long as many tests. */
    private static final NewDatabase NEW = NewDatabase.make();

    private final Path folder;
    private final Wire wire;
    private final String url;
    private WiredSources sources;
    private EmbeddedDerby derby;
    private HikariDataSource pool;
    private EntityManagerFactory units;
    private Store store;
    private boolean indexed;

    DerbyStore(Path folder) throws SQLException {
        this(folder, Wire.SOUND);
    }

    /** Whose calls go over a wire. */
    DerbyStore(Path folder, Wire wire) throws SQLException {
        this(folder, wire, "");
    }

    /** In that database. */
    DerbyStore(Path folder, Wire wire, String url) throws SQLException {
        this.folder = folder;
        this.wire = wire;
        this.url = url;
        open();
    }

    private void open() throws SQLException {
        if (url.isEmpty()) {
            NEW.copyTo(folder);
        }
        derby = new EmbeddedDerby(folder);
        StoreSettings settings = new StoreSettings(url, "", "", StoreSettings.POOL_SIZE, 30, true);
        sources = new WiredSources(derby.sources(), wire);
        pool = Pool.open(settings, derby.dialect(), sources, folder, false, step -> {});
        units = Persistence.createEntityManagerFactory("jobyard", Map.of("javax.persistence.nonJtaDataSource", pool));
        store = new Store(
                pool,
                units,
                derby.dialect(),
                Clock.systemUTC(),
                new Claimant("here", "", Duration.ofSeconds(30)),
                List.of(folder),
                new AuditSeal(new byte[32]));
        if (indexed) {
            store.keepIndex();
        }
    }

    /** The same with an index of searches, as hosts have it. */
    DerbyStore withIndex() {
        indexed = true;
        store.keepIndex();
        return this;
    }

    /** Ends all connections there are, behind the pool's back. */
    void breakAll() throws SQLException {
        sources.breakAll();
    }

    HikariDataSource pool() {
        return pool;
    }

    StoreDialect dialect() {
        return derby.dialect();
    }

    StoreMaintenance maintenance() {
        return store.maintenance();
    }

    List<Finding> examine() {
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
    public HostStore hosts() {
        return store.hosts();
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
    void restart(Runnable between) {
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
        derby.close();
    }
}
