// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import static java.util.Objects.requireNonNull;

import io.jobyard.api.Finding;
import io.jobyard.spi.audit.AuditStore;
import io.jobyard.spi.bulk.BulkStore;
import io.jobyard.spi.cluster.HostStore;
import io.jobyard.spi.cluster.Hosts;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.feed.FeedStore;
import io.jobyard.spi.feed.FollowerStore;
import io.jobyard.spi.identity.IdentityStore;
import io.jobyard.spi.jobs.Routing;
import io.jobyard.spi.limits.LimitStore;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.samples.SampleStore;
import io.jobyard.spi.schedules.ScheduleStore;
import io.jobyard.spi.steps.WorkStore;
import io.jobyard.spi.store.JobStore;
import io.jobyard.spi.store.RequestStore;
import io.jobyard.spi.store.StoreMaintenance;
import io.jobyard.spi.usage.UsageStore;
import io.jobyard.store.api.StoreDialect;
import io.jobyard.store.jpa.check.HistoryCheck;
import io.jobyard.store.jpa.check.HistoryProof;
import io.jobyard.store.jpa.check.JsonCheck;
import io.jobyard.store.jpa.check.MaintenanceThread;
import io.jobyard.store.jpa.commit.CommitListeners;
import io.jobyard.store.jpa.commit.CommitWatch;
import io.jobyard.store.jpa.commit.Committer;
import io.jobyard.store.jpa.commit.CommitterConnection;
import io.jobyard.store.jpa.commit.CommitterTables;
import io.jobyard.store.jpa.commit.FailedListeners;
import io.jobyard.store.jpa.commit.Inbox;
import io.jobyard.store.jpa.feed.FeedEnd;
import io.jobyard.store.jpa.feed.HistoryReads;
import io.jobyard.store.jpa.feed.HistoryRows;
import io.jobyard.store.jpa.feed.RemoteFeed;
import io.jobyard.store.jpa.index.BlockCache;
import io.jobyard.store.jpa.index.BlockTables;
import io.jobyard.store.jpa.index.IndexRounds;
import io.jobyard.store.jpa.index.IndexThread;
import io.jobyard.store.jpa.rows.JobRows;
import io.jobyard.store.jpa.sql.ReadPool;
import io.jobyard.store.jpa.sql.Session;
import io.jobyard.store.jpa.sql.StoreHealth;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open store: its threads, its services, and the listeners of its commits. */
public abstract class Store {

    private static final Logger LOG = LoggerFactory.getLogger(Store.class);
    private static final int WAITING = 1024;
    private static final Duration DRAIN = Duration.ofSeconds(5);
    private static final int READERS = 3;
    private static final int SEARCHERS = 2;

    final StoreOpening opening;
    final StoreTables tables;
    final Inbox inbox = new Inbox(WAITING);
    final StoreHealth health;
    final CommitListeners listeners;
    final CommitterConnection commits;
    final ReadPool readers;
    private final CommitWatch watch = new CommitWatch(System::nanoTime);
    private final FailedListeners failures;
    private final ListenerStarts starts;
    private final Committer committer;
    private final ReadPool searchers;
    private final MaintenanceThread maintenance;
    private final BlockCache blocks;
    private final IndexThread index;
    private final Map<Class<?>, Object> services = new LinkedHashMap<>();

    /** A subclass adds the services that depend on other users of the database, and starts the store. */
    Store(StoreOpening opening, StoreTables tables, RemoteFeed others) {
        this.opening = opening;
        this.tables = tables;
        StoreDialect dialect = opening.dialect();
        DataSource source = opening.source();
        CommitterTables written = tables.committer();
        health = new StoreHealth(opening.clock(), dialect.remedy());
        failures = new FailedListeners(opening.clock());
        listeners = new CommitListeners(failures);
        commits = new CommitterConnection(
                source,
                dialect,
                written,
                tables.fence(),
                others,
                health,
                opening.claimant().signals());
        readers = new ReadPool("reader", READERS, source, opening.units(), dialect, health);
        searchers = new ReadPool("searcher", SEARCHERS, source, opening.units(), dialect, health);
        blocks = new BlockCache(new BlockTables(dialect), written.leadership());
        index = new IndexThread(
                Session.unpooled(source),
                dialect,
                new IndexRounds(dialect, blocks, tables.feedRows(), written.lives(), written.leadership()),
                () -> new FeedEnd(written.feed().end().position(), others.times()),
                written.leadership(),
                tables.fence());
        JobRows rows = new JobRows(written.lives());
        maintenance = offerHistories();
        offerWrites(rows);
        offerJobs(rows);
        SnapshotReader snapshots = new SnapshotReader(dialect, written.jobs().lanes(), rows);
        starts = new ListenerStarts(inbox, commits, listeners, snapshots, this::hosts);
        committer =
                new Committer(inbox, commits, listeners, starts.reopening(failures), this::committed, health, watch);
    }

    private Hosts hosts() {
        return service(HostStore.class).hosts();
    }

    private MaintenanceThread offerHistories() {
        CommitterTables written = tables.committer();
        HistoryReads histories =
                new HistoryReads(written.lives(), written.histories().handlers());
        HistoryRows historyRows = new HistoryRows(opening.dialect());
        MaintenanceThread thread = new MaintenanceThread(
                opening.source(),
                opening.dialect(),
                opening.live(),
                new MaintenanceThread.Figures(
                        () -> readers.reads().and(searchers.reads()), () -> watch.commits(failures.count())),
                health,
                new HistoryCheck(inbox, commits, searchers, historyRows, histories),
                new JsonCheck(searchers));
        HistoryProof proof = new HistoryProof(
                inbox,
                commits,
                searchers,
                written.histories().seals(),
                opening.seal(),
                historyRows,
                written.leadership().isShared());
        offer(StoreMaintenance.class, thread);
        offer(
                AuditStore.class,
                new JpaAuditStore(tables.incarnation(), written.lives(), inbox, readers, searchers, proof));
        return thread;
    }

    private void offerWrites(JobRows rows) {
        CommitterTables written = tables.committer();
        boolean isShared = written.leadership().isShared();
        offer(LimitStore.class, new JpaLimitStore(inbox, readers, opening.clock(), written.quotas(), isShared));
        offer(ScheduleStore.class, new JpaScheduleStore(inbox, readers, rows));
        offer(BulkStore.class, new JpaBulkStore(inbox, readers));
        offer(FollowerStore.class, new JpaFollowerStore(inbox, readers));
        offer(RequestStore.class, new JpaRequestStore(inbox, readers));
        offer(UsageStore.class, new JpaUsageStore(inbox, readers, searchers));
        offer(SampleStore.class, new JpaSampleStore(inbox, searchers));
        offer(WorkStore.class, new JpaWorkStore(inbox, readers));
        offer(IdentityStore.class, new JpaIdentityStore(inbox, readers));
        offer(
                FeedStore.class,
                new JpaFeedStore(inbox, commits, searchers, tables.feedRows(), written.lives(), isShared));
    }

    private void offerJobs(JobRows rows) {
        StoreDialect dialect = opening.dialect();
        CommitterTables written = tables.committer();
        offer(JobReads.class, new JpaJobReads(tables, dialect, readers, searchers, listeners, blocks, index));
        offer(
                JobStore.class,
                new JpaJobStore(
                        tables.incarnation(),
                        inbox,
                        readers,
                        rows,
                        written.jobs().starts(),
                        () -> JpaJobRemoval.begin(inbox, commits, readers, listeners, written, dialect)));
    }

    final void offer(Class<?> role, Object service) {
        services.put(role, service);
    }

    /** Returns the services by their interface. */
    final Map<Class<?>, Object> services() {
        return services;
    }

    final <T> T service(Class<T> role) {
        return role.cast(requireNonNull(services.get(role)));
    }

    final void start() {
        committer.start();
    }

    /** Called for the commits of this host, before any listener is notified. */
    void committed(List<Committed> changes) {}

    /** Called before the committer stops. */
    void beginStop(Duration timeout) throws InterruptedException {}

    /** Called after the committer has stopped. */
    void stop(Duration timeout) throws InterruptedException {}

    /** Starts to maintain the search index. Until it is complete, searches read the jobs themselves. */
    final void keepIndex() {
        index.start();
    }

    /** Returns the number of index blocks in memory. */
    public final int keptBlocks() {
        return blocks.size();
    }

    final MaintenanceThread maintenance() {
        return maintenance;
    }

    /** Sets the routing for jobs without a queue; null for none. */
    final void ask(@Nullable Routing routing) {
        tables.routes().ask(routing);
    }

    /** Registers a listener for damage of the database. It is called once, immediately if damage is already known. */
    final void whenDamaged(Consumer<String> listener) {
        health.whenDamaged(listener);
    }

    /** Registers a listener for the end of this incarnation by another host. It is called once, immediately if the end is already known. */
    final void whenFenced(Consumer<String> listener) {
        health.whenFenced(listener);
    }

    /** Returns findings about the database connection. */
    final List<Finding> examine() {
        List<Finding> known = health.examine();
        return Stream.of(known, known.isEmpty() ? watch.examine() : List.<Finding>of(), failures.examine())
                .flatMap(List::stream)
                .toList();
    }

    /** Starts a listener between two commits. */
    final void listen(CommitListener listener) {
        starts.listen(listener);
    }

    final void forget(CommitListener listener) {
        starts.forget(listener);
    }

    /** Closes the store: stores the changes that have arrived, rejects new ones, and records the end of the incarnation. */
    final void close() {
        try {
            beginStop(DRAIN);
            if (!committer.stop(DRAIN)) {
                LOG.error("The committer did not end within {}; changes that it has not stored are lost", DRAIN);
            }
            readers.stop(DRAIN);
            searchers.stop(DRAIN);
            maintenance.stop(DRAIN);
            index.stop(DRAIN);
            stop(DRAIN);
            Thread goodbye = new Thread(
                    this::sayGoodbye,
                    "jobyard-store-goodbye-1"); // a separate thread, because the database may not answer
            goodbye.start();
            goodbye.join(DRAIN.toMillis());
            if (goodbye.isAlive()) {
                LOG.warn("Cannot store the end of this host's incarnation within {}", DRAIN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sayGoodbye() {
        if (health.end() != null) {
            return;
        }
        try {
            tables.incarnation().end(opening.source(), opening.clock());
        } catch (SQLException e) {
            LOG.warn(
                    "Cannot store the end of this host's incarnation: {}",
                    opening.dialect().reason(e));
        }
    }
}
