// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.Finding;
import io.jobyard.settings.api.AuditSeal;
import io.jobyard.spi.audit.AuditStore;
import io.jobyard.spi.bulk.BulkStore;
import io.jobyard.spi.cluster.HostNotices;
import io.jobyard.spi.cluster.HostStore;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.FeedStore;
import io.jobyard.spi.feed.FollowerStore;
import io.jobyard.spi.feed.StoreSnapshot;
import io.jobyard.spi.identity.IdentityStore;
import io.jobyard.spi.jobs.Routing;
import io.jobyard.spi.limits.LimitStore;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.schedules.ScheduleStore;
import io.jobyard.spi.steps.WorkStore;
import io.jobyard.spi.store.JobStore;
import io.jobyard.spi.store.RequestStore;
import io.jobyard.spi.store.StoreMaintenance;
import io.jobyard.spi.store.SubmissionInbox;
import io.jobyard.spi.usage.UsageStore;
import io.jobyard.store.api.StoreDialect;
import io.jobyard.store.api.StoreFault;
import io.jobyard.store.jpa.check.HistoryCheck;
import io.jobyard.store.jpa.check.HistoryProof;
import io.jobyard.store.jpa.check.JsonCheck;
import io.jobyard.store.jpa.check.MaintenanceThread;
import io.jobyard.store.jpa.cluster.OtherHosts;
import io.jobyard.store.jpa.cluster.SharedNotices;
import io.jobyard.store.jpa.cluster.SoleHost;
import io.jobyard.store.jpa.cluster.SubmissionSignals;
import io.jobyard.store.jpa.commit.CommitFailure;
import io.jobyard.store.jpa.commit.CommitListeners;
import io.jobyard.store.jpa.commit.CommitWatch;
import io.jobyard.store.jpa.commit.Committer;
import io.jobyard.store.jpa.commit.CommitterConnection;
import io.jobyard.store.jpa.commit.CommitterTables;
import io.jobyard.store.jpa.commit.CommitterTask;
import io.jobyard.store.jpa.commit.FailedListeners;
import io.jobyard.store.jpa.commit.Inbox;
import io.jobyard.store.jpa.commit.JobStatements;
import io.jobyard.store.jpa.commit.ListenerReopening;
import io.jobyard.store.jpa.commit.SharedQuotas;
import io.jobyard.store.jpa.feed.FeedEnd;
import io.jobyard.store.jpa.feed.FeedRows;
import io.jobyard.store.jpa.feed.FeedTable;
import io.jobyard.store.jpa.feed.Follower;
import io.jobyard.store.jpa.feed.FollowerNumbers;
import io.jobyard.store.jpa.feed.HistoryReads;
import io.jobyard.store.jpa.feed.HistoryRows;
import io.jobyard.store.jpa.feed.HistoryTable;
import io.jobyard.store.jpa.feed.SealTable;
import io.jobyard.store.jpa.incarnation.AuditTable;
import io.jobyard.store.jpa.incarnation.FencedException;
import io.jobyard.store.jpa.incarnation.HostCandidate;
import io.jobyard.store.jpa.incarnation.HostJoin;
import io.jobyard.store.jpa.incarnation.Incarnation;
import io.jobyard.store.jpa.incarnation.IncarnationFence;
import io.jobyard.store.jpa.incarnation.Incarnations;
import io.jobyard.store.jpa.incarnation.Leadership;
import io.jobyard.store.jpa.index.BlockCache;
import io.jobyard.store.jpa.index.BlockTables;
import io.jobyard.store.jpa.index.IndexRounds;
import io.jobyard.store.jpa.index.IndexThread;
import io.jobyard.store.jpa.index.JobSearches;
import io.jobyard.store.jpa.rows.GroupTables;
import io.jobyard.store.jpa.rows.HandlerTable;
import io.jobyard.store.jpa.rows.JobRows;
import io.jobyard.store.jpa.rows.LaneQueries;
import io.jobyard.store.jpa.rows.LaneTable;
import io.jobyard.store.jpa.rows.NeededDependencies;
import io.jobyard.store.jpa.rows.ReadyTable;
import io.jobyard.store.jpa.rows.RouteLookup;
import io.jobyard.store.jpa.rows.RunningTable;
import io.jobyard.store.jpa.sql.ReadPool;
import io.jobyard.store.jpa.sql.Session;
import io.jobyard.store.jpa.sql.StoreHealth;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.persistence.EntityManagerFactory;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open store: its threads, and who hears of its commits. */
public final class Store {

    private static final Logger LOG = LoggerFactory.getLogger(Store.class);
    private static final int WAITING = 1024;
    private static final Duration DRAIN = Duration.ofSeconds(5);
    private static final int READERS = 3;
    private static final int SEARCHERS = 2;

    private final DataSource source;
    private final StoreDialect dialect;
    private final Clock clock;
    private final Incarnation incarnation;
    private final Inbox inbox = new Inbox(WAITING);
    private final StoreHealth health;
    private final CommitWatch watch = new CommitWatch(System::nanoTime);
    private final FailedListeners failures;
    private final CommitListeners listeners;
    private final RouteLookup routes = new RouteLookup();
    private final CommitterConnection commits;
    private final Committer committer;
    private final ReadPool readers;
    private final ReadPool searchers;
    private final MaintenanceThread maintenance;
    private final BlockCache blocks;
    private final IndexThread index;
    private final Optional<OtherHosts> others;
    private final SnapshotReader snapshots;
    private final Optional<JpaSubmissionInbox> submissions;
    private final JobStore jobs;
    private final JobReads reads;
    private final FeedStore feed;
    private final LimitStore limits;
    private final AuditStore audit;
    private final ScheduleStore schedules;
    private final BulkStore bulks;
    private final RequestStore requests;
    private final FollowerStore followers;
    private final UsageStore usage;
    private final WorkStore work;
    private final IdentityStore identities;
    private final HostStore hosts;
    private final HostNotices notices;
    private @Nullable StoreSnapshot counted;
    private long countedAt;

    /** Opens it on a database whose schema is current, for a host that works in those directories. */
    Store(
            DataSource source,
            EntityManagerFactory units,
            StoreDialect dialect,
            Clock clock,
            HostCandidate claimant,
            List<Path> live,
            AuditSeal seal)
            throws SQLException {
        this.source = source;
        this.dialect = dialect;
        this.clock = clock;
        health = new StoreHealth(clock, dialect.remedy());
        failures = new FailedListeners(clock);
        listeners = new CommitListeners(failures);
        Optional<String> sharedClock = dialect.sharedClock();
        long begunAt = System.nanoTime();
        incarnation = Incarnation.begin(source, clock, claimant, seal, sharedClock.map(shared -> new HostJoin(shared)));
        boolean isShared = sharedClock.isPresent();
        IncarnationFence fence = new IncarnationFence(
                incarnation.number(),
                isShared,
                claimant.signals() ? claimant.lease().dividedBy(3) : Duration.ZERO);
        Incarnations lives = Incarnations.read(Session.unpooled(source));
        Leadership leadership = new Leadership(isShared);
        LaneTable lanes = new LaneTable(isShared);
        HandlerTable handlers = new HandlerTable(isShared);
        JobRows rows = new JobRows(lives);
        SealTable seals = new SealTable(seal, incarnation.number());
        NeededDependencies needed = new NeededDependencies();
        FeedRows feedRows = new FeedRows(dialect);
        FeedTable feedTable = feed(feedRows, fence, isShared ? new FollowerNumbers(lanes, lives) : null);
        RunningTable running = new RunningTable(lives);
        Follower follower = isShared
                ? new Follower(feedRows, lanes, lives, running, needed, leadership, incarnation.number())
                : null;
        SharedQuotas quotas = new SharedQuotas(sharedClock.orElse(""));
        GroupTables groups = new GroupTables(dialect);
        ReadyTable ready = new ReadyTable(lanes, dialect.placesInRow());
        CommitterTables tables = new CommitterTables(
                lives,
                leadership,
                new CommitterTables.Jobs(new JobStatements(lives, ready), lanes, ready, running, needed),
                new CommitterTables.Histories(
                        handlers, new HistoryTable(lives, handlers), seals, new AuditTable(seal, incarnation.id())),
                feedTable,
                quotas,
                groups);
        commits = new CommitterConnection(source, dialect, tables, fence, follower, health, claimant.signals());
        readers = new ReadPool("reader", READERS, source, units, dialect, health);
        searchers = new ReadPool("searcher", SEARCHERS, source, units, dialect, health);
        HistoryReads histories = new HistoryReads(lives, handlers);
        HistoryRows historyRows = new HistoryRows(dialect);
        maintenance = new MaintenanceThread(
                source,
                dialect,
                live,
                new MaintenanceThread.Figures(
                        () -> readers.reads().and(searchers.reads()), () -> watch.commits(failures.count())),
                health,
                new HistoryCheck(inbox, commits, searchers, historyRows, histories),
                new JsonCheck(searchers));
        snapshots = new SnapshotReader(dialect, lanes, rows);
        LaneQueries positions = new LaneQueries(dialect, lanes);
        submissions = dialect.signals()
                .filter(any -> dialect.takesSubmissions())
                .map(ways -> new JpaSubmissionInbox(
                        inbox,
                        readers,
                        leadership,
                        new SubmissionSignals(Session.unpooled(source), claimant.signals(ways), claimant.signals())));
        jobs = new JpaJobStore(
                incarnation,
                inbox,
                readers,
                rows,
                () -> JpaJobRemoval.begin(inbox, commits, readers, listeners, tables, dialect));
        blocks = new BlockCache(new BlockTables(dialect), leadership);
        index = new IndexThread(
                Session.unpooled(source),
                dialect,
                new IndexRounds(dialect, blocks, feedRows, lives, leadership),
                () -> new FeedEnd(feedTable.end().position(), follower == null ? 0 : follower.times()),
                leadership,
                fence);
        JobSearches searches = new JobSearches(dialect, rows, feedRows, blocks);
        reads = new JpaJobReads(
                readers, searchers, rows, histories, positions, dialect, listeners, searches, index, groups);
        feed = new JpaFeedStore(inbox, commits, searchers, feedRows, lives, isShared);
        limits = new JpaLimitStore(inbox, readers, clock, quotas, isShared);
        schedules = new JpaScheduleStore(inbox, readers, rows);
        bulks = new JpaBulkStore(inbox, readers);
        requests = new JpaRequestStore(inbox, readers);
        followers = new JpaFollowerStore(inbox, readers);
        usage = new JpaUsageStore(inbox, readers, searchers);
        work = new JpaWorkStore(inbox, readers);
        identities = new JpaIdentityStore(inbox, readers);
        audit = new JpaAuditStore(
                incarnation,
                lives,
                inbox,
                readers,
                searchers,
                new HistoryProof(inbox, commits, searchers, seals, seal, historyRows, isShared));
        others = follower == null
                ? Optional.empty()
                : Optional.of(new OtherHosts(
                        source,
                        dialect,
                        new OtherHosts.Begun(incarnation, claimant, begunAt),
                        commits,
                        inbox,
                        listeners,
                        this::fenced));
        SharedNotices shared = new SharedNotices(incarnation.number(), readers);
        SoleHost alone = new SoleHost(incarnation, clock.instant(), inbox, listeners);
        hosts = others.<HostStore>map(OtherHosts::hosts).orElse(alone);
        notices = isShared ? shared : alone;
        committer = new Committer(
                inbox,
                commits,
                listeners,
                new ListenerReopening(failures, this::begin, this::later),
                changes -> others.ifPresent(all -> all.committed(changes)),
                health,
                watch);
        committer.start();
        others.ifPresent(all -> all.atEachLook(shared::look));
        others.ifPresent(OtherHosts::start);
    }

    /** Begins to keep the index of searches; until then they go through the jobs. */
    void keepIndex() {
        index.start();
    }

    /** How many blocks of the index are in memory. */
    public int keptBlocks() {
        return blocks.size();
    }

    private void fenced() {
        health.tell(StoreFault.FENCED, FencedException.WHY);
    }

    private FeedTable feed(FeedRows rows, IncarnationFence fence, @Nullable FollowerNumbers followers)
            throws SQLException {
        try (Session session = new Session(source.getConnection())) {
            return FeedTable.open(session, rows, fence, clock, dialect.pageBytes(), routes, followers);
        }
    }

    /** Empty if the database has no inbox. */
    Optional<SubmissionInbox> submissions() {
        return submissions.map(inbox -> inbox);
    }

    JobStore jobs() {
        return jobs;
    }

    JobReads reads() {
        return reads;
    }

    FeedStore feed() {
        return feed;
    }

    LimitStore limits() {
        return limits;
    }

    AuditStore audit() {
        return audit;
    }

    BulkStore bulks() {
        return bulks;
    }

    FollowerStore followers() {
        return followers;
    }

    RequestStore requests() {
        return requests;
    }

    ScheduleStore schedules() {
        return schedules;
    }

    UsageStore usage() {
        return usage;
    }

    WorkStore work() {
        return work;
    }

    IdentityStore identities() {
        return identities;
    }

    HostStore hosts() {
        return hosts;
    }

    HostNotices notices() {
        return notices;
    }

    StoreMaintenance maintenance() {
        return maintenance;
    }

    /** Asks where jobs are routed that ask for no queue; nobody for null. */
    void ask(@Nullable Routing routing) {
        routes.ask(routing);
    }

    /** Has the database's damage told, once; at once if it is known. */
    void whenDamaged(Consumer<String> listener) {
        health.whenDamaged(listener);
    }

    /** Has it told, once, that another host has ended this life; at once if it is known. */
    void whenFenced(Consumer<String> listener) {
        health.whenFenced(listener);
    }

    /** What keeps it from its database at present. */
    List<Finding> examine() {
        List<Finding> known = health.examine();
        return Stream.of(known, known.isEmpty() ? watch.examine() : List.<Finding>of(), failures.examine())
                .flatMap(List::stream)
                .toList();
    }

    /** Lets a listener begin, between two commits. */
    void listen(CommitListener listener) {
        inbox.put(new CommitterTask(() -> begin(listener), new CompletableFuture<>()));
    }

    private void begin(CommitListener listener) throws CommitFailure {
        listeners.add(listener, snapshot(), hosts.hosts());
    }

    /** Unless the store is closed by then. */
    private void later(Duration pause, CommitterTask.Step step) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> inbox.submit(new CommitterTask(step, done), done));
    }

    /** What the store holds now: at a start all listeners come at once, and one count of a million jobs serves them. */
    private StoreSnapshot snapshot() throws CommitFailure {
        StoreSnapshot latest = counted;
        if (latest == null || countedAt != listeners.revision()) {
            latest = commits.askAtOneMoment(snapshots::read, followed -> listeners.followed(followed, commits));
            counted = latest;
            countedAt = listeners.revision();
        }
        return latest;
    }

    void forget(CommitListener listener) {
        inbox.put(new CommitterTask(() -> listeners.remove(listener), new CompletableFuture<>()));
    }

    /** Stores what has arrived, takes nothing more, and says good-bye in the database. */
    void close() {
        try {
            if (others.isPresent()) {
                others.get().beginStop(DRAIN);
            }
            if (!committer.stop(DRAIN)) {
                LOG.error("The committer did not end within {}; what it has not stored is lost", DRAIN);
            }
            readers.stop(DRAIN);
            searchers.stop(DRAIN);
            maintenance.stop(DRAIN);
            index.stop(DRAIN);
            submissions.ifPresent(JpaSubmissionInbox::close);
            if (others.isPresent()) {
                others.get().stop(DRAIN);
            }
            Thread goodbye =
                    new Thread(this::sayGoodbye, "jobyard-store-goodbye-1"); // the stop outlives a database that hangs
            goodbye.start();
            goodbye.join(DRAIN.toMillis());
            if (goodbye.isAlive()) {
                LOG.warn("The end of this host's life could not be stored within {}", DRAIN);
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
            incarnation.end(source, clock);
        } catch (SQLException e) {
            LOG.warn("The end of this host's life could not be stored: {}", dialect.reason(e));
        }
    }
}
