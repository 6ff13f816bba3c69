// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.ScheduleManager;
import io.jobyard.api.spi.Caller;
import io.jobyard.api.spi.HandlerCatalog;
import io.jobyard.api.spi.SizeLimits;
import io.jobyard.api.spi.hosting.HostStore;
import io.jobyard.api.spi.schedules.ScheduleManagers;
import io.jobyard.doubles.FakeBundleQuarantine;
import io.jobyard.doubles.FakeHandlerCatalog;
import io.jobyard.doubles.FakeRunMonitor;
import io.jobyard.doubles.FakeSizeLimits;
import io.jobyard.doubles.Stub;
import io.jobyard.queue.Gates;
import io.jobyard.queue.LimitCatalogRegistry;
import io.jobyard.queue.QueueEngine;
import io.jobyard.queue.QueueSettings;
import io.jobyard.queue.QueueStore;
import io.jobyard.scheduler.SchedulerEngine;
import io.jobyard.scheduler.SchedulerSettings;
import io.jobyard.schedules.ScheduleEvents;
import io.jobyard.schedules.ScheduleFiles;
import io.jobyard.schedules.SchedulesComponent;
import io.jobyard.settings.api.LastGood;
import io.jobyard.settings.api.Settings;
import io.jobyard.status.Examiners;
import io.jobyard.status.StatusReporterComponent;
import io.jobyard.testkit.InMemoryStore;
import io.jobyard.testkit.LongestDelay;
import io.jobyard.testkit.SettableAccess;
import io.jobyard.testkit.SettableClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
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
    private final FakeHandlerCatalog handlers = new FakeHandlerCatalog("echo");
    private final SchedulesComponent schedules;
    private final CommandHost host;

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
                store,
                store,
                queue,
                handlers,
                new FakeRunMonitor(),
                store,
                store,
                store,
                store.work(),
                new Examiners(),
                access,
                clock);
        schedules = new SchedulesComponent(
                store,
                store,
                scheduler.fires(),
                scheduler,
                access,
                handlers,
                store,
                new ScheduleFiles(),
                new ScheduleEvents(),
                clock);
        List.of(queue, scheduler, reporter, schedules).forEach(store::listen);
        while (scheduler.chores().recover()) {
            // again
        }
        host = new CommandHost(context(), scheduler, reporter, access, audit, clock);
    }

    private BundleContext context() {
        Map<Object, Object> services = new HashMap<>();
        services.put(ScheduleManagers.class, schedules);
        services.put(HandlerCatalog.class, handlers);
        services.put(SizeLimits.class, new FakeSizeLimits());
        services.put(HostStore.class, store);
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

    ScheduleManager schedules(String user) {
        return schedules.of(Caller.user(user));
    }

    /** The exit code of a command, and what it printed. */
    TestShell.Answer call(List<String> words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Screen screen = new Screen(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                80,
                false,
                Caller.administrator("root"),
                Path.of(""));
        int exit = Commands.ALL.stream()
                .filter(command -> command.function().equals(words.get(0)))
                .findFirst()
                .map(command ->
                        new CommandFunction(command.command(), host).call(words.subList(1, words.size()), screen))
                .orElseThrow();
        return new TestShell.Answer(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        schedules.stop();
    }
}
