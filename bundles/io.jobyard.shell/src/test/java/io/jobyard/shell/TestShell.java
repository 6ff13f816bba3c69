// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobStatus;
import io.jobyard.doubles.FakeHandlerCatalog;
import io.jobyard.doubles.FakeSizeLimits;
import io.jobyard.doubles.Stub;
import io.jobyard.operations.Administration;
import io.jobyard.operations.OperationRegistry;
import io.jobyard.operations.Submissions;
import io.jobyard.operations.api.Operations;
import io.jobyard.settings.api.ConfigurationJournal;
import io.jobyard.settings.api.Configurations;
import io.jobyard.settings.api.command.DirectoryFiles;
import io.jobyard.spi.SizeLimits;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.cluster.HostIncarnation;
import io.jobyard.spi.cluster.HostOffer;
import io.jobyard.spi.cluster.HostStore;
import io.jobyard.spi.cluster.Hosts;
import io.jobyard.spi.handlers.HandlerCatalog;
import io.jobyard.spi.handlers.HandlerInfo;
import io.jobyard.spi.identity.Identities;
import io.jobyard.spi.identity.SignIn;
import io.jobyard.spi.schedules.ScheduleManagers;
import io.jobyard.spi.store.JobRetention;
import io.jobyard.spi.store.StoreMaintenance;
import io.jobyard.testkit.SettableAccess;
import io.jobyard.views.api.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.service.command.Function;
import org.apache.felix.service.command.Process;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import picocli.CommandLine;

/** The commands over jobs in memory, called directly or through a real Gogo. */
final class TestShell implements StoreMaintenance, JobRetention {

    /** What a call came to. */
    record Answer(int exit, String out, String err) {}

    final FakeJobs jobs = new FakeJobs();
    final FakeSchedules schedules = new FakeSchedules();
    final ScheduleManagers scheduleManagers = asking -> schedules;
    final FakeAudit audit = new FakeAudit();
    final FakeIdentities identities = new FakeIdentities();
    final FakeConfigurations configurations = new FakeConfigurations();
    final SettableAccess access = new SettableAccess();
    final List<Caller> asked = new ArrayList<>();
    private final Map<String, CommandFunction> commands = new LinkedHashMap<>();
    private final Path directory;
    /** What is typed into a command. */
    String input = "";

    Path copied = Path.of("");
    Caller caller = Caller.administrator("ann");
    /** Number of histories that a check finds. */
    int histories = 3;

    final FakeSizeLimits limits = new FakeSizeLimits();
    /** What another host offers. */
    HostIncarnation living =
            new HostIncarnation(ALONE, "build-8:12", FakeJobs.CREATED, null, false, HostOffer.NOTHING, null);

    private static final UUID ALONE = new UUID(0, 8);
    final ShellServices host;
    /** Those that a few commands look up. */
    final Map<Class<?>, Object> services = new HashMap<>();

    TestShell(Path directory) {
        this.directory = directory;
        Clock clock = Clock.fixed(FakeJobs.CREATED, ZoneOffset.UTC);
        limits.payloadBytes = JsonReader.MAX_BYTES;
        FakeHandlerCatalog handlers = new FakeHandlerCatalog("bad", "e", "echo", "slow", "word_count");
        handlers.handlers.add(new HandlerInfo("aside", "1.0.0", "com.acme 1.0.0", "quarantined", 0, 1));
        services.put(Configurations.class, configurations);
        services.put(ConfigurationJournal.class, new FakeJournal());
        services.put(StoreMaintenance.class, this);
        services.put(JobRetention.class, this);
        services.put(SizeLimits.class, limits);
        services.put(HandlerCatalog.class, handlers);
        services.put(Identities.class, identities);
        services.put(
                SignIn.class,
                Stub.<SignIn>of(SignIn.class).with("once", "a-secret").get());
        services.put(
                HostStore.class,
                Stub.<HostStore>of(HostStore.class)
                        .on("hosts", arguments -> new Hosts(ALONE, List.of(living)))
                        .get());
        host = new ShellServices(
                context(),
                (caller, seen) -> {
                    asked.add(caller);
                    jobs.user = caller.name();
                    return jobs;
                },
                caller -> {
                    asked.add(caller);
                    return jobs;
                },
                access,
                audit,
                clock);
        services.put(Operations.class, operations(handlers, clock));
        Commands.ALL.forEach(each -> commands.put(each.function(), CommandFunction.of(each, host)));
    }

    private OperationRegistry operations(FakeHandlerCatalog handlers, Clock clock) {
        SignIn signIn = (SignIn) services.get(SignIn.class);
        HostStore hosts = (HostStore) services.get(HostStore.class);
        OperationRegistry operations = new OperationRegistry(
                host.managers,
                host.reporters,
                access,
                clock,
                new Submissions(handlers, hosts, access, limits, clock),
                new Administration(access, audit, signIn, identities));
        operations.setSchedules(scheduleManagers);
        return operations;
    }

    /** The command lines of all commands, in the order of the help. */
    static List<CommandLine> lines() {
        ShellServices host = new TestShell(Path.of("")).host;
        return Commands.ALL.stream().map(each -> each.line(host::operations)).toList();
    }

    private BundleContext context() {
        Map<Object, Object> references = new IdentityHashMap<>();
        return Stub.<BundleContext>of(BundleContext.class)
                .on("getServiceReference", arguments -> {
                    Object service = services.get(arguments[0]);
                    if (service == null) {
                        return null;
                    }
                    Object reference = Stub.of(ServiceReference.class).get();
                    references.put(reference, service);
                    return reference;
                })
                .on("getService", arguments -> references.get(arguments[0]))
                .get();
    }

    @Override
    public long backup(Path to) {
        copied = to;
        return 4711;
    }

    @Override
    public Purge purge(boolean dryRun) {
        return new Purge(Map.of(JobStatus.COMPLETED, dryRun ? 3L : 2L), 1, 5, 6);
    }

    @Override
    public SoundStore check() {
        return new SoundStore(14, histories);
    }

    @Override
    public long compact() {
        return 8192;
    }

    @Override
    public Commits commits() {
        return new Commits(Duration.ZERO, null, 0, 0);
    }

    @Override
    public Reads reads() {
        return new Reads(0, Duration.ZERO);
    }

    Answer call(String command, String... arguments) {
        return callWith(input, command, arguments);
    }

    Answer callWith(String in, String command, String... arguments) {
        return callWith(new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)), command, arguments);
    }

    Answer callWith(InputStream in, String command, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Screen screen = new Screen(
                new DirectoryFiles(directory, in),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                80,
                false,
                caller,
                null);
        int exit = commands.get(command).call(Arrays.asList(arguments), screen);
        return new Answer(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Prints to a screen of the test's. */
    int call(Screen screen, String... words) {
        return commands.get(words[0]).call(Arrays.asList(words).subList(1, words.length), screen);
    }

    GogoSessions gogo() {
        CommandProcessorImpl processor = new CommandProcessorImpl(new ThreadIOImpl());
        commands.forEach((name, command) -> processor.addCommand("job", command, name));
        Function chatter = (session, arguments) -> {
            while (!Thread.currentThread().isInterrupted()) {
                Process.Utils.current().out().println("on and on");
            }
            return null;
        };
        processor.addCommand("test", chatter, "chatter");
        Function copy = (session, arguments) -> {
            Process process = Process.Utils.current();
            process.in().transferTo(process.out());
            return null;
        };
        processor.addCommand("test", copy, "copy");
        Function babble = (session, arguments) -> {
            while (!session.getConsole().checkError()) {
                session.getConsole().println("on and on");
            }
            return null;
        };
        processor.addCommand("test", babble, "babble");
        return new GogoSessions(processor, new Completion(new CompletionValues(jobs, configurations), host));
    }
}
