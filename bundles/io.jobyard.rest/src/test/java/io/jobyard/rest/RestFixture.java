// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.access.IdentitiesFixture;
import io.jobyard.api.HandlerName;
import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.ScheduleManager;
import io.jobyard.api.StreamPiece;
import io.jobyard.doubles.FakeBundleQuarantine;
import io.jobyard.doubles.FakeHandlerCatalog;
import io.jobyard.doubles.FakeRunMonitor;
import io.jobyard.doubles.FakeSizeLimits;
import io.jobyard.doubles.Stub;
import io.jobyard.operations.Administration;
import io.jobyard.operations.OperationRegistry;
import io.jobyard.operations.Submissions;
import io.jobyard.queue.Gates;
import io.jobyard.queue.LimitCatalogRegistry;
import io.jobyard.queue.QueueEngine;
import io.jobyard.queue.QueueSettings;
import io.jobyard.queue.QueueStore;
import io.jobyard.scheduler.SchedulerEngine;
import io.jobyard.scheduler.SchedulerSettings;
import io.jobyard.schedules.ScheduleEvents;
import io.jobyard.schedules.ScheduleFiles;
import io.jobyard.schedules.ScheduleServices;
import io.jobyard.schedules.SchedulesComponent;
import io.jobyard.settings.api.LastGood;
import io.jobyard.settings.api.Settings;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.audit.AuditRow;
import io.jobyard.spi.audit.AuditTrail;
import io.jobyard.spi.cluster.HostHandler;
import io.jobyard.spi.cluster.HostOffer;
import io.jobyard.spi.identity.SignIn;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.Slots;
import io.jobyard.spi.running.Outcome;
import io.jobyard.spi.running.RunMonitor;
import io.jobyard.spi.steps.RunOutput;
import io.jobyard.spi.steps.StoredStep;
import io.jobyard.status.Examiners;
import io.jobyard.status.StatusReporterComponent;
import io.jobyard.status.StatusStores;
import io.jobyard.testkit.InMemoryStore;
import io.jobyard.testkit.LongestDelay;
import io.jobyard.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The host's own parts on a store in memory, the routes of this bundle over them, and a server. Runs begin and end when a test says so. */
final class RestFixture implements AutoCloseable {

    static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
    static final String SCHEMA =
            "{\"type\": \"object\", \"required\": [\"text\"], \"properties\": {\"text\": {\"type\": \"string\"}}}";

    final InMemoryStore store = new InMemoryStore(UUID.randomUUID(), "test");
    final SettableClock clock = new SettableClock(START);
    final ScopedAccess access = new ScopedAccess();
    final FakeHandlerCatalog handlers = new FakeHandlerCatalog("echo", "slow");
    final FakeSizeLimits sizes = new FakeSizeLimits();
    final JobEnds ends = new JobEnds();
    /** Who has changed which password to which, from where. */
    final List<String> passwords = new CopyOnWriteArrayList<>();

    private final List<Runnable> signInListeners = new CopyOnWriteArrayList<>();
    final LiveStreams streams = new LiveStreams(
            store,
            Stub.<SignIn>of(SignIn.class)
                    .on("onChange", arguments -> {
                        signInListeners.add((Runnable) arguments[0]);
                        return (Runnable) () -> signInListeners.remove((Runnable) arguments[0]);
                    })
                    .get(),
            ends);
    final IdentitiesFixture identities = new IdentitiesFixture(store.identities(), access, clock);
    final SchedulerEngine scheduler;
    final RestServer server;
    final OperationRegistry operations;
    final RestHost host;
    private final SchedulesComponent schedules;
    private final List<Assignment> running = new CopyOnWriteArrayList<>();

    RestFixture() {
        handlers.schemas.put("echo", SCHEMA);
        Gates gates = new Gates();
        LimitCatalogRegistry catalog = new LimitCatalogRegistry(access);
        store.ask(catalog);
        QueueEngine queue = new QueueEngine(
                new Settings<>(QueueSettings.PID, QueueSettings::read, LastGood.none()),
                catalog,
                gates,
                handlers,
                new QueueStore(store, store, store, store),
                clock,
                100);
        Settings<SchedulerSettings> settings =
                new Settings<>(SchedulerSettings.PID, SchedulerSettings::read, LastGood.none());
        scheduler = new SchedulerEngine(
                new SchedulerEngine.Stores(store, store.work(), store, store, store, store, store.bulks()),
                queue,
                handlers,
                new FakeBundleQuarantine(),
                access,
                settings::current,
                new SchedulerEngine.Environment(clock, System::nanoTime, new LongestDelay(), pause -> Runnable::run));
        StatusReporterComponent reporter = new StatusReporterComponent(
                new StatusStores(store, store, store, store, store.usage(), store.work(), store.samples()),
                queue,
                handlers,
                workers(),
                new Examiners(),
                access,
                clock);
        schedules = new SchedulesComponent(
                new ScheduleServices(store.schedules(), store, scheduler.fires(), scheduler, clock),
                access,
                handlers,
                store,
                new ScheduleFiles(),
                new ScheduleEvents());
        List.of(queue, scheduler, reporter, schedules, ends, streams).forEach(store::listen);
        while (scheduler.chores().recover()) {
            // again
        }
        store.offer(new HostOffer(
                new Slots(100, 0),
                Stream.of("echo", "slow")
                        .map(type -> new HostHandler(type, new HandlerName("1.0.0", "test 1.0.0"), Set.of(), null))
                        .toList(),
                false,
                "test"));
        AuditTrail audit = Stub.<AuditTrail>of(AuditTrail.class)
                .with("verify", Optional.empty())
                .on(
                        "find",
                        arguments -> List.of(new AuditRow(
                                new UUID(0, 1),
                                7,
                                new AuditEntry(START, "user ann", "cancel", "job 1 of bob", ""),
                                "00")))
                .get();
        SignIn signIn = Stub.<SignIn>of(SignIn.class)
                .on("changePassword", arguments -> {
                    passwords.add(arguments[0] + " " + new String((char[]) arguments[1]) + " "
                            + new String((char[]) arguments[2]) + " " + arguments[3]);
                    return null;
                })
                .get();
        OperationRegistry registry = new OperationRegistry(
                scheduler,
                reporter,
                access,
                clock,
                new Submissions(handlers, store, access, sizes, clock),
                new Administration(access, audit, signIn, identities.service));
        registry.setSchedules(schedules);
        operations = registry;
        host = new RestHost(operations, reporter, access, sizes, streams, new FakeOnce(scheduler), clock);
        server = new RestServer(host);
    }

    private static FakeRunMonitor workers() {
        FakeRunMonitor workers = new FakeRunMonitor();
        workers.workers = new RunMonitor.Workers(new Slots(4, 1_000), new Slots(0, 0), 0, 0, 0, false);
        return workers;
    }

    /** Some token or session was revoked. */
    void identitiesChange() {
        signInListeners.forEach(Runnable::run);
    }

    JobManager jobs(String user) {
        return scheduler.of(Caller.user(user));
    }

    JobId submit(String user, String type) {
        return jobs(user)
                .submit(JobSpecification.type(type)
                        .payload(Map.of("text", "hello"))
                        .build())
                .id();
    }

    ScheduleManager schedules(String user) {
        return schedules.of(Caller.user(user));
    }

    /** The routes of all operations. */
    static RouteTable table() {
        try (RestFixture host = new RestFixture()) {
            return host.host.routes();
        }
    }

    /** The routes of all operations. */
    static List<Route> routes() {
        return table().all();
    }

    /** Starts what can start. */
    void start() {
        try {
            List<Assignment> started;
            do {
                started = scheduler.claim(() -> new Slots(100, 0), Duration.ZERO);
                running.addAll(started);
            } while (!started.isEmpty());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends a run. */
    void end(JobId id, Outcome outcome) {
        Assignment run = running.stream()
                .filter(each -> each.stored().id().equals(id))
                .findFirst()
                .orElseThrow();
        running.remove(run);
        scheduler.finish(run, clock.instant(), outcome).join();
    }

    /** Its handler emits pieces, the first of its stream. */
    void emit(JobId id, String... texts) {
        Assignment run = running.stream()
                .filter(each -> each.stored().id().equals(id))
                .findFirst()
                .orElseThrow();
        List<StreamPiece> pieces = IntStream.range(0, texts.length)
                .mapToObj(i -> new StreamPiece(i + 1, 1, clock.instant(), texts[i]))
                .toList();
        store.work().emit(run, pieces).join();
    }

    /** A run does a step. */
    void step(JobId id, String name, String value) {
        Assignment run = running.stream()
                .filter(each -> each.stored().id().equals(id))
                .findFirst()
                .orElseThrow();
        StoredStep step = StoredStep.done(1, name, 1, clock.instant(), clock.instant(), value);
        store.work().keep(run, List.of(step), RunOutput.NONE).join();
    }

    /** Runs a job to its end. */
    JobId completed(String user, String type) {
        JobId id = submit(user, type);
        start();
        end(id, new Outcome.Completed("{\"text\": \"hello\"}"));
        return id;
    }

    JobId failed(String user, String type) {
        JobId id = submit(user, type);
        start();
        end(id, new Outcome.Failed("it broke", true, null));
        return id;
    }

    @Override
    public void close() {
        server.close();
        try {
            streams.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        schedules.stop();
    }
}
