// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.access.IdentitiesFixture;
import io.jobyard.api.ScheduleManager;
import io.jobyard.doubles.FakeBundleQuarantine;
import io.jobyard.doubles.FakeHandlerCatalog;
import io.jobyard.doubles.FakeRunMonitor;
import io.jobyard.doubles.FakeSizeLimits;
import io.jobyard.doubles.Stub;
import io.jobyard.operations.Administration;
import io.jobyard.operations.OperationRegistry;
import io.jobyard.operations.Submissions;
import io.jobyard.operations.api.Operations;
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
import io.jobyard.settings.api.ConfigurationJournal;
import io.jobyard.settings.api.Configurations;
import io.jobyard.settings.api.LastGood;
import io.jobyard.settings.api.Settings;
import io.jobyard.settings.api.command.DirectoryFiles;
import io.jobyard.spi.SizeLimits;
import io.jobyard.spi.WebAddress;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.cluster.HostStore;
import io.jobyard.spi.handlers.HandlerCatalog;
import io.jobyard.spi.identity.Identities;
import io.jobyard.spi.identity.SignIn;
import io.jobyard.spi.schedules.ScheduleManagers;
import io.jobyard.spi.store.JobRetention;
import io.jobyard.spi.store.StoreMaintenance;
import io.jobyard.status.Examiners;
import io.jobyard.status.StatusReporterComponent;
import io.jobyard.status.StatusStores;
import io.jobyard.testkit.InMemoryStore;
import io.jobyard.testkit.LongestDelay;
import io.jobyard.testkit.SettableAccess;
import io.jobyard.testkit.SettableClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** Commands of the shell on the scheduler, the queue and the schedules of a host whose store is in memory. */
final class EngineShell implements AutoCloseable {

    static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    final InMemoryStore store = new InMemoryStore(UUID.randomUUID(), "test");
    final SettableClock clock = new SettableClock(START);
    final SettableAccess access = new SettableAccess();
    final FakeAudit audit = new FakeAudit();
    final SchedulerEngine scheduler;
    /** What maintenance and the configuration were told to do. */
    final List<String> acts = new ArrayList<>();
    /** What is typed into a command. */
    String input = "";

    final IdentitiesFixture identities;
    private final FakeHandlerCatalog handlers = new FakeHandlerCatalog("echo");
    private final SchedulesComponent schedules;
    private final Operations operations;
    private final ShellServices host;

    EngineShell() {
        LimitCatalogRegistry catalog = new LimitCatalogRegistry(access);
        store.ask(catalog);
        QueueEngine queue = new QueueEngine(
                new Settings<>(QueueSettings.PID, QueueSettings::read, LastGood.none()),
                catalog,
                new Gates(),
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
                new FakeRunMonitor(),
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
        List.of(queue, scheduler, reporter, schedules).forEach(store::listen);
        while (scheduler.chores().recover()) {
            // again
        }
        identities = new IdentitiesFixture(store.identities(), access, clock);
        OperationRegistry registry = new OperationRegistry(
                scheduler,
                reporter,
                access,
                clock,
                new Submissions(handlers, store, access, new FakeSizeLimits(), clock),
                new Administration(access, audit, Stub.<SignIn>of(SignIn.class).get(), identities.service));
        registry.setSchedules(schedules);
        operations = registry;
        host = new ShellServices(context(), scheduler, reporter, access, audit, clock);
    }

    private BundleContext context() {
        Map<Object, Object> services = new HashMap<>();
        services.put(ScheduleManagers.class, schedules);
        services.put(Operations.class, operations);
        services.put(HandlerCatalog.class, handlers);
        services.put(SizeLimits.class, new FakeSizeLimits());
        services.put(HostStore.class, store);
        services.put(Identities.class, identities.service);
        services.put(
                SignIn.class,
                Stub.<SignIn>of(SignIn.class).on("once", this::secret).get());
        services.put(WebAddress.class, (WebAddress) () -> URI.create("http://127.0.0.1:8080"));
        services.put(Configurations.class, new FakeConfigurations());
        services.put(ConfigurationJournal.class, journal());
        services.put(
                StoreMaintenance.class,
                Stub.<StoreMaintenance>of(StoreMaintenance.class)
                        .on("backup", arguments -> act("backup", 1L))
                        .on("check", arguments -> act("check", new StoreMaintenance.SoundStore(14, 3)))
                        .on("compact", arguments -> act("compact", 1L))
                        .get());
        services.put(JobRetention.class, (JobRetention)
                dryRun -> act("purge " + dryRun, new JobRetention.Purge(Map.of(), 0, 0, 0)));
        Map<Object, Object> references = new HashMap<>();
        return Stub.<BundleContext>of(BundleContext.class)
                .on("getServiceReference", arguments -> {
                    Object service = services.get(arguments[0]);
                    if (service == null) {
                        return null;
                    }
                    Object reference = Stub.of(ServiceReference.class).get();
                    references.put(System.identityHashCode(reference), service);
                    return reference;
                })
                .on("getService", arguments -> references.get(System.identityHashCode(arguments[0])))
                .get();
    }

    private Object secret(Object[] arguments) {
        return act("sign in " + arguments[0], "a-secret");
    }

    private ConfigurationJournal journal() {
        FakeJournal journal = new FakeJournal();
        return Stub.<ConfigurationJournal>of(ConfigurationJournal.class)
                .on("entries", arguments -> journal.entries(null, 1))
                .on("rollback", arguments -> act("roll back " + arguments[0], journal.rollback("w", "1", done -> {})))
                .get();
    }

    private <T> T act(String what, T answer) {
        acts.add(what);
        return answer;
    }

    ScheduleManager schedules(String user) {
        return schedules.of(Caller.user(user));
    }

    /** The exit code of a command, and what it printed. */
    TestShell.Answer call(List<String> words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Screen screen = new Screen(
                new DirectoryFiles(Path.of(""), new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8))),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                80,
                false,
                Caller.administrator("root"),
                null);
        int exit = Commands.ALL.stream()
                .filter(command -> command.function().equals(words.get(0)))
                .findFirst()
                .map(command -> CommandFunction.of(command, host).call(words.subList(1, words.size()), screen))
                .orElseThrow();
        return new TestShell.Answer(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        schedules.stop();
    }
}
