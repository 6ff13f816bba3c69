// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "start",
        description = "Run the host in the background. The command returns when the host accepts jobs.")
final class StartCommand implements Callable<Integer> {

    static final String NEW_STORE = "Start with an empty store although the previous store of this instance is lost.";

    @ParentCommand
    private Main main;

    @Option(names = "--new-store", description = NEW_STORE)
    private boolean newStore;

    @Option(
            names = "--store",
            paramLabel = "KIND",
            description = "Database of a new instance: derby or sqlite (default derby). Stored as url in"
                    + " io.jobyard.store.")
    private @Nullable String store;

    @Override
    public Integer call() throws IOException, InterruptedException {
        OwnStore kind = store == null ? null : OwnStore.named("--store", store);
        InstanceDirectory instance = main.instance();
        if (kind != null) {
            instance.prepare(main.program());
            StoreFile.of(instance).choose(kind, instance.data());
        }
        return start(main.program(), instance, newStore);
    }

    static int start(Program program, InstanceDirectory instance, boolean newStore)
            throws IOException, InterruptedException {
        instance.prepare(program);
        HostLock.holder(instance).ifPresent(host -> {
            throw HostLock.taken(instance);
        });
        new StartState(instance).onComplete(); // remove the state of an earlier start
        long begun = System.nanoTime();
        Process host = launch(program, instance, newStore);
        if (!new StartWatch(instance, host).takesJobs()) {
            throw new LaunchException("the host did not start: " + reason(instance) + "; see " + instance.log());
        }
        System.out.println(new NextSteps(program, instance).greeting(Duration.ofNanos(System.nanoTime() - begun)));
        new DeployReport(instance).print(System.err);
        return 0;
    }

    /** Starts the host with its own streams and session: the end of the caller or its terminal does not stop it. */
    private static Process launch(Program program, InstanceDirectory instance, boolean newStore) throws IOException {
        OwnerOnlyFiles.open(instance.console())
                .truncate(0)
                .close(); // the redirection would create it with the umask's mode
        List<String> command = new ArrayList<>(Detached.prefix());
        command.addAll(List.of(
                program.script().toString(),
                "run",
                "--background",
                "--instance",
                instance.directory().toString()));
        if (newStore) {
            command.add("--new-store");
        }
        return new ProcessBuilder(command)
                .directory(instance.directory().toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(instance.console().toFile()))
                .start();
    }

    private static String reason(InstanceDirectory instance) throws IOException {
        String failure = StartState.failure(StartState.read(instance));
        return failure != null ? failure : HostConsole.reason(instance);
    }
}
