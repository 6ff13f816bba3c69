// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.EventCursor;
import io.jobyard.api.HandlerName;
import io.jobyard.api.Job;
import io.jobyard.api.JobEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.LogLine;
import io.jobyard.api.Pause;
import io.jobyard.api.PauseTarget;
import io.jobyard.api.StoreException;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.cluster.HostHandler;
import io.jobyard.spi.cluster.HostIncarnation;
import io.jobyard.spi.cluster.HostOffer;
import io.jobyard.spi.cluster.Hosts;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.feed.StoreSnapshot;
import io.jobyard.spi.identity.IdentityStore;
import io.jobyard.spi.identity.StoredSession;
import io.jobyard.spi.jobs.JobSummary;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.ReadyJob;
import io.jobyard.spi.jobs.SlotKind;
import io.jobyard.spi.jobs.Slots;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.jobs.TallyKey;
import io.jobyard.spi.limits.LimitDefinition;
import io.jobyard.spi.limits.LimitKind;
import io.jobyard.spi.limits.UseReport;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.ClaimCandidate;
import io.jobyard.spi.store.ClaimResult;
import io.jobyard.spi.store.Edge;
import io.jobyard.store.api.StoreDialect;
import io.jobyard.store.jpa.incarnation.HostCandidate;
import io.jobyard.store.jpa.schema.Schema;
import io.jobyard.store.jpa.schema.SchemaScript;
import io.jobyard.store.postgres.PostgresDialect;
import io.jobyard.store.postgres.PostgresServer;
import io.jobyard.testkit.store.Draft;
import io.jobyard.testkit.store.Moves;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several stores on one database, each with the listeners of a host. */
@Timeout(180)
class SharedStoresTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    /** What a host hears, and what it makes of it: how each job stands, and how many stand how. */
    private static final class Ear implements CommitListener {

        final List<Committed> changes = new CopyOnWriteArrayList<>();
        final List<Object> news = new CopyOnWriteArrayList<>();
        final Map<TallyKey, Long> tally = new HashMap<>();
        final Map<JobId, Integer> versions = new HashMap<>();
        final List<String> wrong = new CopyOnWriteArrayList<>();
        volatile Hosts hosts;
        volatile StoreSnapshot snapshot;

        @Override
        public synchronized void opened(StoreSnapshot now) {
            snapshot = now;
            tally.putAll(now.tally());
        }

        @Override
        public synchronized void committed(List<Committed> batch) {
            for (Committed change : batch) {
                JobSummary after = change.after();
                Integer before = versions.put(after.id(), after.version());
                if (before != null && before + 1 != after.version()) {
                    wrong.add(after.id() + " had version " + before + " before " + after.version());
                }
                if (change.before() != null) {
                    tally.merge(TallyKey.of(change.before()), -1L, Long::sum);
                }
                tally.merge(TallyKey.of(after), 1L, Long::sum);
            }
            changes.addAll(batch);
        }

        @Override
        public synchronized void removed(List<? extends JobSummary> jobs, boolean elsewhere) {
            jobs.forEach(job -> tally.merge(TallyKey.of(job), -1L, Long::sum));
            jobs.forEach(job -> news.add("removed " + job.id() + (elsewhere ? " elsewhere" : "")));
        }

        @Override
        public void hosts(Hosts now) {
            hosts = now;
        }

        @Override
        public void paused(Pause pause) {
            news.add(pause);
        }

        @Override
        public void resumed(PauseTarget target) {
            news.add("resumed " + target.text());
        }

        @Override
        public void reported(UseReport report) {
            news.add(report);
        }

        @Override
        public void defined(LimitDefinition definition) {
            news.add(definition);
        }

        @Override
        public void identitiesChanged() {
            news.add("identities");
        }

        synchronized Map<TallyKey, Long> tally() {
            tally.values().removeIf(count -> count == 0);
            return Map.copyOf(tally);
        }
    }

    @TempDir
    private Path folder;

    private final PostgresServer server = PostgresServer.shared();
    private String url = EmptySchema.url();
    private final List<PostgresStore> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(PostgresStore::close);
    }

    private PostgresStore open(String host, Duration lease) throws SQLException {
        PostgresStore store = new PostgresStore(folder, server, url, new HostCandidate(host, host, lease));
        opened.add(store);
        return store;
    }

    /** Behind a proxy that keeps no session for anybody. */
    private PostgresStore openWithoutSignals(String host) throws SQLException {
        PostgresStore store = new PostgresStore(
                folder, server, url, new HostCandidate(host, host, Duration.ofSeconds(30), false, (now, nanos) -> {}));
        opened.add(store);
        return store;
    }

    private PostgresStore open(String host) throws SQLException {
        return open(host, Duration.ofSeconds(30));
    }

    private static Ear ear(PostgresStore store) {
        Ear ear = new Ear();
        store.listen(ear);
        await().atMost(LONG).until(() -> ear.hosts != null);
        return ear;
    }

    private static StoredJob submit(PostgresStore store, Draft draft) {
        AdmittedJob job = draft.admitted();
        store.jobs().admit(List.of(job)).orTimeout(60, TimeUnit.SECONDS).join();
        return job.stored();
    }

    private static ClaimCandidate position(StoredJob job) {
        return new ClaimCandidate(
                LaneKey.of(job), new ReadyJob(Objects.requireNonNull(job.readyAt()), job.id()), Job.DEFAULT_QUEUE);
    }

    private static ClaimResult start(PostgresStore on, PostgresStore by, StoredJob job) {
        return by.jobs()
                .claim(List.of(position(job)), (queued, position) -> Moves.start(queued, on.jobs()))
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    private static StoredJob read(PostgresStore store, StoredJob job) {
        return store.reads().job(job.id()).orElseThrow();
    }

    @Test
    void eachHostHearsWhatTheOthersCommitAsTheyHearIt() throws SQLException {
        PostgresStore one = open("one:1");
        PostgresStore two = open("two:2");
        Ear first = ear(one);
        Ear second = ear(two);

        StoredJob job = submit(two, Draft.job().estimate(Map.of("tokens", 12.5)));
        await().atMost(LONG).until(() -> first.changes.size() == 1);
        Committed heard = first.changes.get(0);
        assertThat(heard.elsewhere()).isTrue();
        assertThat(heard.before()).isNull();
        assertSame(heard.after(), job);

        assertThat(start(two, one, job).runs()).hasSize(1);
        await().atMost(LONG).until(() -> second.changes.size() == 2);
        Committed started = second.changes.get(1);
        assertThat(started.elsewhere()).isTrue();
        assertSame(started.before(), job);
        assertSame(started.after(), read(two, job));
        assertThat(started.after().incarnation()).isEqualTo(two.jobs().incarnation());

        two.jobs()
                .move(Moves.complete(read(two, job), "{}"), null)
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
        await().atMost(LONG).until(() -> first.changes.size() == 3);
        assertThat(first.changes.get(2).after().status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(first.changes.get(2).after().startedAt())
                .isEqualTo(read(one, job).startedAt());
        assertThat(first.changes)
                .extracting(Committed::event)
                .isEqualTo(second.changes.stream().map(Committed::event).toList());
        assertThat(first.tally()).isEqualTo(second.tally()).hasSize(1);
    }

    private static void assertSame(JobSummary told, StoredJob real) {
        assertThat(told.id()).isEqualTo(real.id());
        assertThat(told.version()).isEqualTo(real.version());
        assertThat(told.lane()).isEqualTo(real.lane());
        assertThat(told.status()).isEqualTo(real.status());
        assertThat(told.reason()).isEqualTo(real.reason());
        assertThat(told.queue()).isEqualTo(real.queue());
        assertThat(told.incarnation()).isEqualTo(real.incarnation());
        assertThat(told.readyAt()).isEqualTo(real.readyAt());
        assertThat(told.dueAt()).isEqualTo(real.dueAt());
        assertThat(told.estimate()).isEqualTo(real.estimate());
        assertThat(told.cancelRequested()).isEqualTo(real.cancelRequested());
    }

    @Test
    void aRunThatTheLeaderStartsReachesItsHost() throws SQLException {
        PostgresStore leader = open("one:1");
        PostgresStore worker = open("two:2");
        Ear heard = ear(worker);
        StoredJob job = submit(leader, Draft.job());
        start(worker, leader, job);
        await().atMost(LONG).until(() -> heard.changes.size() == 2);

        List<JobEvent> starts = heard.changes.stream()
                .map(Committed::event)
                .filter(event -> Objects.requireNonNull(event).change().to() == JobStatus.RUNNING)
                .toList();
        assertThat(worker.jobs().assigned(starts)).singleElement().satisfies(run -> {
            assertThat(run.stored()).isEqualTo(read(worker, job));
            assertThat(run.payload()).isEqualTo(worker.reads().payload(job.id()).orElseThrow());
            assertThat(run.handler()).isEqualTo(starts.get(0).change().run().handler());
        });
        assertThat(leader.jobs().assigned(starts)).isEmpty();
    }

    @Test
    void hostsThatNobodyWakesHearOfEachOtherAllTheSame() throws SQLException {
        PostgresStore leader = openWithoutSignals("one:1");
        PostgresStore worker = openWithoutSignals("two:2");
        Ear first = ear(leader);
        Ear second = ear(worker);
        StoredJob job = submit(worker, Draft.job());
        await().atMost(LONG).until(() -> first.changes.size() == 1);
        start(worker, leader, job);
        await().atMost(LONG).until(() -> second.changes.size() == 2);
    }

    @Test
    void whoIsNotTheLeaderStartsNothing() throws SQLException {
        PostgresStore leader = open("one:1");
        PostgresStore other = open("two:2");
        StoredJob job = submit(other, Draft.job());

        ClaimResult claimed = start(other, other, job);
        assertThat(claimed.runs()).isEmpty();
        assertThat(claimed.gone()).isEmpty();
        assertThat(read(other, job).status()).isEqualTo(JobStatus.QUEUED);
        assertThat(start(other, leader, job).runs()).hasSize(1);
    }

    @Test
    void whoIsNotTheLeaderFailsNoJobForWantOfAHandlerThatItMayNotKnowOf() throws SQLException {
        PostgresStore leader = open("one:1");
        PostgresStore other = open("two:2");
        StoredJob job = submit(other, Draft.job());
        Move fail = Moves.failUnknown(job);

        assertThat(other.jobs().move(fail, null).join()).isFalse();
        assertThat(read(other, job).status()).isEqualTo(JobStatus.QUEUED);
        assertThat(leader.jobs().move(fail, null).join()).isTrue();
        assertThat(other.jobs().move(Moves.keepBooks(read(other, job)), null).join())
                .isTrue();
    }

    @Test
    void aHostThatComesLaterKnowsWhatRuns() throws SQLException {
        PostgresStore leader = open("one:1");
        StoredJob job = submit(leader, Draft.job());
        start(leader, leader, job);

        Ear late = ear(open("two:2"));
        assertThat(late.snapshot.running()).extracting(JobSummary::id).containsExactly(job.id());
        assertThat(late.tally().values()).containsExactly(1L);
    }

    @Test
    void whatADeadHostRanIsLostAndWhatALivingOneRunsIsNot() throws SQLException {
        PostgresStore leader = open("one:1");
        PostgresStore living = open("two:2");
        PostgresStore dead = open("three:3");
        StoredJob kept = submit(leader, Draft.job());
        StoredJob lost = submit(leader, Draft.job());
        start(living, leader, kept);
        start(dead, leader, lost);
        assertThat(leader.jobs().lostRuns(10)).isEmpty();

        dead.close();
        opened.remove(dead);
        assertThat(leader.jobs().lostRuns(10)).extracting(StoredJob::id).containsExactly(lost.id());
        assertThat(living.jobs().lostRuns(10)).extracting(StoredJob::id).containsExactly(lost.id());
    }

    @Test
    void anotherHostBecomesTheLeaderWhenOneLeavesOrDies() throws SQLException {
        Duration lease = Duration.ofMillis(1_500);
        PostgresStore one = open("one:1", lease);
        PostgresStore two = open("two:2", lease);
        Ear second = ear(two);
        StoredJob job = submit(one, Draft.job());
        assertThat(second.hosts.isLeader()).isFalse();

        one.close();
        opened.remove(one);
        await().atMost(LONG).until(() -> second.hosts.isLeader());
        assertThat(second.hosts.living()).extracting(HostIncarnation::host).containsExactly("two:2");
        assertThat(second.versions).containsKey(job.id());
        assertThat(start(two, two, job).runs()).hasSize(1);
    }

    @Test
    void whoGetsNoMoreConnectionsHearsOfAHostThatComesAndStartsItsJobs() throws SQLException {
        AtomicBoolean full = new AtomicBoolean();
        Wire wire = call -> {
            if (full.get() && call.name().equals("getConnection")) {
                throw new SQLException("too many connections", "53300");
            }
            return call.make();
        };
        PostgresStore leader =
                new PostgresStore(folder, server, url, new HostCandidate("one:1", "one", Duration.ofSeconds(30)), wire);
        opened.add(leader);
        Ear heard = ear(leader);
        StoredJob job = submit(leader, Draft.job());
        full.set(true);
        PostgresStore other = open("two:2");
        await().atMost(LONG).until(() -> heard.hosts.living().size() == 2);
        assertThat(start(other, leader, job).runs()).hasSize(1);
        await().atMost(LONG).until(() -> heard.changes.size() == 2);
    }

    @Test
    void whatAHostOffersIsKnownToTheOthers() throws SQLException {
        PostgresStore one = open("one:1");
        PostgresStore two = open("two:2");
        Ear first = ear(one);
        HostOffer offer = new HostOffer(
                new Slots(7, 1_000),
                List.of(new HostHandler(
                        "words",
                        new HandlerName("1.2.0", "com.acme 1.2.0"),
                        Set.of("openai", "gpu"),
                        "{\"type\": \"object\"}",
                        true,
                        "1.1.0",
                        SlotKind.ASYNC)),
                false,
                "0.1.0");
        two.hosts().offer(offer);
        await().atMost(LONG)
                .until(() -> first.hosts.living().stream()
                        .map(HostIncarnation::offer)
                        .anyMatch(offer::equals));
        two.hosts().offer(HostOffer.NOTHING);
        await().atMost(LONG)
                .until(() -> first.hosts.living().stream()
                        .map(HostIncarnation::offer)
                        .noneMatch(offer::equals));
    }

    @Test
    void aHostThatAnotherAsksToDrainHearsOfItAndTheAuditOfTheAskerTellsIt() throws SQLException {
        PostgresStore one = open("one:1");
        PostgresStore two = open("two:2");
        Ear second = ear(two);
        AuditEntry audit = new AuditEntry(Draft.T0, "ann", "drain", "host two:2", "begins");
        assertThat(ask(one, two, true, audit)).isTrue();
        await().atMost(LONG)
                .until(() -> second.hosts.living().stream()
                        .filter(host -> Boolean.TRUE.equals(host.drainAsked()))
                        .map(HostIncarnation::host)
                        .toList()
                        .equals(List.of("two:2")));
        assertThat(one.audit().last().orElseThrow().entry()).isEqualTo(audit);
        assertThat(ask(two, two, true, audit)).isFalse();
        assertThat(ask(two, two, false, audit)).isTrue();
        await().atMost(LONG)
                .until(() -> second.hosts.living().stream().noneMatch(host -> Boolean.TRUE.equals(host.drainAsked())));
    }

    @Test
    void whatAHostTellsOfATopicIsReadByTheOthersWhileItLives() throws SQLException {
        PostgresStore one = open("one:1");
        PostgresStore two = open("two:2");
        UUID second = two.jobs().incarnation();
        two.notices().post("runs", "half");
        two.notices().post("runs", "three quarters");
        two.notices().post("settings", "a");
        await().atMost(LONG)
                .until(() -> one.notices().read("runs").equals(Map.of(second, "three quarters"))
                        && one.notices().read("settings").equals(Map.of(second, "a")));

        two.notices().post("runs", "");
        await().atMost(LONG).until(() -> one.notices().read("runs").equals(Map.of(second, "")));
        two.close();
        opened.remove(two);
        assertThat(one.notices().read("runs")).isEmpty();

        open("three:3");
        assertThat(rows("host_notice")).isZero();
    }

    private int rows(String table) throws SQLException {
        try (Connection connection = server.connect(url);
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
            count.next();
            return count.getInt(1);
        }
    }

    private static boolean ask(PostgresStore by, PostgresStore host, boolean drains, AuditEntry audit) {
        return by.hosts()
                .askToDrain(host.jobs().incarnation(), drains, audit)
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    @Test
    void aLimitThatIsMadeOnOneHostIsHeardEverywhereAndOneOfTwoChangesWins() throws SQLException {
        PostgresStore one = open("one:1");
        PostgresStore two = open("two:2");
        Ear first = ear(one);
        AuditEntry audit = new AuditEntry(Draft.T0, "ann", "limit", "limit openai", "");
        LimitDefinition made = new LimitDefinition(
                LimitKind.LIMIT, "openai", 1, new TreeMap<>(Map.of("running.max", "2", "key", "label.ä")));
        CompletableFuture<Boolean> here = one.limits().define(made, audit);
        CompletableFuture<Boolean> there = two.limits().define(made, audit);
        assertThat(List.of(
                        here.orTimeout(60, TimeUnit.SECONDS).join(),
                        there.orTimeout(60, TimeUnit.SECONDS).join()))
                .containsExactlyInAnyOrder(true, false);

        LimitDefinition changed = made.with(Map.of("running.max", "3"));
        LimitDefinition gone = changed.with(Map.of());
        assertThat(two.limits()
                        .define(changed, audit)
                        .orTimeout(60, TimeUnit.SECONDS)
                        .join())
                .isTrue();
        assertThat(ear(open("three:3")).snapshot.definitions()).containsExactly(changed);
        assertThat(two.limits()
                        .define(gone, audit)
                        .orTimeout(60, TimeUnit.SECONDS)
                        .join())
                .isTrue();
        await().atMost(LONG).until(() -> first.news.size() == 3);
        assertThat(first.news).containsExactly(made, changed, gone);
    }

    @Test
    void pausesUsesAndRemovalsAreHeardEverywhere() throws SQLException {
        PostgresStore one = open("one:1");
        PostgresStore two = open("two:2");
        Ear first = ear(one);
        Ear second = ear(two);
        StoredJob job = submit(one, Draft.job());
        start(one, one, job);
        StoredJob running = read(one, job);
        UseReport used = new UseReport.UnitUsed(job.id(), "tokens", 12.25);
        UseReport shut = new UseReport.LimitMet(job.id(), Draft.T0.plusSeconds(3));
        UseReport left = new UseReport.UnitLeft(job.id(), "tokens", 0.5, Draft.T0.plusSeconds(4));
        UseReport begins = new UseReport.CallBegun(job.id(), 1L << 32 | 7, Map.of("requests", 1.0, "tokens", 812.5));
        UseReport ends = new UseReport.CallEnded(job.id(), 1L << 32 | 7);
        Pause pause = new Pause(PauseTarget.queue("llm"), "ann", Draft.T0, "why not", Draft.T0.plusSeconds(9));
        AuditEntry audit = new AuditEntry(Draft.T0, "ann", "pause", "llm", "");
        two.limits().report(used);
        two.limits().report(shut);
        two.limits().report(left);
        two.limits().report(begins);
        two.limits().report(ends);
        two.limits().pause(pause, audit);
        two.limits()
                .resume(PauseTarget.queue("llm"), audit)
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
        two.service(IdentityStore.class).revokeToken("ann", "none", Draft.T0, audit);
        two.service(IdentityStore.class)
                .addSession(
                        new StoredSession("c1", Caller.CallerKind.USER, "ann", 1, "192.0.2.7", Draft.T0, Draft.T0),
                        audit)
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
        await().atMost(LONG).until(() -> first.news.size() == 8);
        assertThat(first.news).containsExactly(used, shut, left, begins, ends, pause, "resumed llm", "identities");

        one.jobs()
                .move(Moves.complete(running, "{}"), null)
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
        try (var removal = one.jobs().removal()) {
            assertThat(removal.remove(List.of(read(one, job)))
                            .orTimeout(60, TimeUnit.SECONDS)
                            .join())
                    .hasSize(1);
        }
        await().atMost(LONG).until(() -> second.news.contains("removed " + job.id() + " elsewhere"));
        assertThat(second.tally()).isEmpty();
        assertThat(first.tally()).isEmpty();
    }

    @Test
    void ofEachJobAllHostsHearTheChangesInTheirOrderHoweverManyMakeThem() throws Exception {
        List<PostgresStore> stores = List.of(open("one:1"), open("two:2"), open("three:3"));
        List<Ear> ears = stores.stream().map(SharedStoresTest::ear).toList();
        List<StoredJob> jobs = new ArrayList<>();
        for (int n = 0; n < 20; n++) {
            jobs.add(submit(stores.get(n % 3), Draft.job()));
        }
        ExecutorService threads = Executors.newFixedThreadPool(6);
        List<Future<?>> work = new ArrayList<>();
        for (int n = 0; n < 6; n++) {
            PostgresStore store = stores.get(n % 3);
            work.add(threads.submit(() -> {
                for (int move = 0; move < 150; move++) {
                    StoredJob job =
                            read(store, jobs.get(ThreadLocalRandom.current().nextInt(jobs.size())));
                    store.jobs()
                            .move(
                                    job.status() == JobStatus.QUEUED
                                            ? Moves.delay(job, Draft.T0.plusSeconds(3_600))
                                            : Moves.queue(job),
                                    null)
                            .orTimeout(60, TimeUnit.SECONDS)
                            .join();
                }
            }));
        }
        for (Future<?> one : work) {
            one.get(150, TimeUnit.SECONDS);
        }
        threads.shutdown();
        int changes = jobs.stream()
                .mapToInt(job -> read(stores.get(0), job).version())
                .sum();
        for (Ear ear : ears) {
            await().atMost(LONG).until(() -> ear.changes.size() == changes);
            assertThat(ear.wrong).isEmpty();
            jobs.forEach(job -> assertThat(ear.versions)
                    .containsEntry(job.id(), read(stores.get(0), job).version()));
            assertThat(ear.tally()).isEqualTo(ears.get(0).tally());
        }
    }

    @Test
    void theHistoriesAreProvenWhileSeveralHostsSealThem() throws Exception {
        PostgresStore one = open("one:1");
        PostgresStore two = open("two:2");
        ExecutorService threads = Executors.newFixedThreadPool(2);
        List<Future<?>> work = new ArrayList<>();
        for (PostgresStore store : List.of(one, two)) {
            work.add(threads.submit(() -> {
                for (int n = 0; n < 60; n++) {
                    StoredJob job = submit(store, Draft.job());
                    start(store, one, job);
                    store.jobs()
                            .move(Moves.complete(read(store, job), "{}"), null)
                            .orTimeout(60, TimeUnit.SECONDS)
                            .join();
                }
            }));
        }
        while (!work.stream().allMatch(Future::isDone)) {
            assertThat(two.audit().verifyHistories()).isEmpty();
        }
        for (Future<?> each : work) {
            each.get();
        }
        threads.shutdown();
        assertThat(one.audit().verifyHistories()).isEmpty();
        try (Connection connection = server.connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM job WHERE id = (SELECT id FROM job ORDER BY id LIMIT 1)");
        }
        assertThat(one.audit().verifyHistories()).get().asString().contains("1 history of finished jobs missing");
    }

    @Test
    void aLogGoesOnWhicheverHostHasTheNextRun() throws SQLException {
        PostgresStore one = open("one:1");
        PostgresStore two = open("two:2");
        StoredJob job = submit(one, Draft.job());
        for (int run = 1; run <= 4; run++) {
            PostgresStore host = run % 2 == 1 ? one : two;
            for (int line = 1; line <= 2; line++) {
                host.jobs()
                        .log(job.id(), List.of(new LogLine(Draft.T0.plusSeconds(run), run, run + "." + line)))
                        .orTimeout(60, TimeUnit.SECONDS)
                        .join();
            }
        }
        assertThat(one.reads().log(job.id()))
                .extracting(LogLine::text)
                .containsExactly("1.1", "1.2", "2.1", "2.2", "3.1", "3.2", "4.1", "4.2");
    }

    @Test
    void whoGoesOnFromACursorThatAListenerHeardMissesNothingOfAnyHost() throws SQLException {
        PostgresStore one = open("one:1");
        PostgresStore two = open("two:2");
        Ear first = ear(one);
        PostgresStore three = open("three:3");
        List<StoredJob> jobs = new ArrayList<>();
        for (PostgresStore store : List.of(three, one, two, three, two, one)) {
            jobs.add(submit(store, Draft.job()));
            await("change " + jobs.size()).atMost(LONG).until(() -> first.changes.size(), size -> size == jobs.size());
        }
        for (int n = 0; n < jobs.size(); n++) {
            EventCursor heard =
                    Objects.requireNonNull(first.changes.get(n).event()).cursor();
            assertThat(two.feed().events(heard, 100))
                    .as("after %s", heard)
                    .extracting(JobEvent::job)
                    .containsExactlyInAnyOrderElementsOf(jobs.subList(n + 1, jobs.size()).stream()
                            .map(StoredJob::id)
                            .toList());
        }
    }

    @Test
    void whoReadsPageByPageMissesNothingOfAHostThatHasEnded() throws SQLException {
        PostgresStore one = open("one:1");
        PostgresStore two = open("two:2");
        List<JobId> jobs = new ArrayList<>();
        for (PostgresStore store : List.of(two, one, one, one)) {
            jobs.add(submit(store, Draft.job()).id());
        }
        one.close();
        opened.remove(one);
        List<JobId> told = new ArrayList<>();
        List<JobEvent> page = two.feed().events(EventCursor.START, 1);
        while (!page.isEmpty()) {
            told.add(page.get(0).job());
            page = two.feed().events(page.get(0).cursor(), 1);
        }
        assertThat(told).isEqualTo(jobs);
    }

    @Test
    void aReleaseMarkerStaysForAnAdmissionThatCountsOnIt() throws SQLException {
        PostgresStore one = open("one:1");
        PostgresStore two = open("two:2");
        StoredJob parent = submit(one, Draft.job());
        StoredJob child = submit(one, Draft.job().after(parent.id()));
        start(one, one, parent);
        move(one, Moves.fail(read(one, parent), "boom"));
        move(one, Moves.release(child, parent.id()));

        AdmittedJob late = Draft.job().after(parent.id()).admitted();
        beforeTheCommitOf(two, late, () -> one.jobs().released(List.of(parent.id())));
        assertThat(one.jobs().releases(10).edges())
                .extracting(Edge::child)
                .containsExactly(late.stored().id());
    }

    @Test
    void twoHostsMayWriteTheSameReleaseMarker() throws SQLException {
        PostgresStore one = open("one:1");
        PostgresStore two = open("two:2");
        StoredJob parent = submit(one, Draft.job());
        start(one, one, parent);
        move(one, Moves.fail(read(one, parent), "boom"));

        AdmittedJob first = Draft.job().after(parent.id()).admitted();
        AdmittedJob second = Draft.job().after(parent.id()).admitted();
        beforeTheCommitOf(two, first, () -> one.jobs().admit(List.of(second)));
        assertThat(one.jobs().releases(10).edges())
                .extracting(Edge::child)
                .containsExactlyInAnyOrder(first.stored().id(), second.stored().id());
    }

    /** What is done while an admission of the second host has sent all but its row of the feed: that waits for the row of its life. */
    private void beforeTheCommitOf(PostgresStore second, AdmittedJob job, Supplier<CompletableFuture<Void>> meanwhile)
            throws SQLException {
        CompletableFuture<Void> admitted;
        CompletableFuture<Void> done;
        try (Connection connection = server.connect(url);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SELECT number FROM incarnation WHERE number = 2 FOR UPDATE");
            admitted = second.jobs().admit(List.of(job));
            await().atMost(LONG).until(() -> waiting() == 1);
            done = meanwhile.get();
            await().atMost(LONG).until(() -> done.isDone() || waiting() == 2);
            connection.rollback();
        }
        admitted.orTimeout(60, TimeUnit.SECONDS).join();
        done.orTimeout(60, TimeUnit.SECONDS).join();
    }

    private static void move(PostgresStore store, Move move) {
        assertThat(store.jobs().move(move, null).orTimeout(60, TimeUnit.SECONDS).join())
                .isTrue();
    }

    /** How many committers of this database wait for a row; renewals of leases aside. */
    private int waiting() throws SQLException {
        try (Connection connection = server.connect(url);
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery(
                        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query NOT LIKE"
                                + " '%lease_until%' AND pid IN (SELECT pid FROM pg_locks WHERE relation = to_regclass('job'))")) {
            count.next();
            return count.getInt(1);
        }
    }

    @Test
    void aLeaderHearsOfAnotherElectionAndStartsNothingMore() throws SQLException {
        PostgresStore one = open("one:1");
        PostgresStore two = open("two:2");
        Ear first = ear(one);
        await().atMost(LONG).until(() -> first.hosts.isLeader());
        try (Connection connection = server.connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE leader SET epoch = epoch + 1, incarnation = 2, until_at = 9000000000000000000");
        }
        assertThat(start(one, one, submit(two, Draft.job())).runs()).isEmpty();
        await().atMost(LONG).until(() -> !first.hosts.isLeader());
        await().atMost(LONG)
                .until(() -> first.hosts.living().stream()
                        .anyMatch(host -> host.leader() && host.host().equals("two:2")));
    }

    /** As a host of the next version would. */
    private void takeStepOfNextVersion(String script) throws SQLException {
        try (Connection connection = server.connect(url)) {
            StoreDialect dialect = new PostgresDialect();
            new Schema(
                            connection,
                            dialect,
                            doing -> {},
                            step -> step > Schema.CURRENT
                                    ? new SchemaScript(step, script)
                                    : SchemaScript.of(step, dialect))
                    .migrate(Schema.CURRENT + 1);
        }
    }

    @Test
    void hostsGoOnBesideAStepOfTheSchemaThatSaysSo() throws SQLException {
        url = server.newSchema(); // its tables are altered
        PostgresStore older = open("older");
        takeStepOfNextVersion(
                SchemaScript.OLDER_HOSTS + "ALTER TABLE job ADD COLUMN mood VARCHAR(20) DEFAULT 'good' NOT NULL;");

        StoredJob job = submit(older, Draft.job());
        ClaimResult started = start(older, older, job);

        assertThat(started.runs()).hasSize(1);
        assertThatThrownBy(() -> open("another of the older version")).hasMessageContaining("a newer version wrote it");
    }

    @Test
    void aStepOfTheSchemaThatOthersCannotGoOnBesideWaitsUntilTheyHaveEnded() throws SQLException {
        PostgresStore older = open("older");
        String script = "ALTER TABLE job DROP COLUMN labels;";

        assertThatThrownBy(() -> takeStepOfNextVersion(script))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("these are running: older");
        StoredJob job = submit(older, Draft.job());
        assertThat(start(older, older, job).runs()).hasSize(1);
    }
}
