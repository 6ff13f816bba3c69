// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(name = "start", description = "Run the host in the background; returns once it takes jobs.")
final class StartCommand implements Callable<Integer> {

    static final String NEW_STORE =
            "Begin with an empty store although this instance has had one that is gone for good.";

    private static final int REASON_LINES = 3;

    @ParentCommand
    private Main main;

    @Option(names = "--new-store", description = NEW_STORE)
    private boolean newStore;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Program program = main.program();
        InstanceDirectory instance = main.instance();
        instance.prepare(program);
        HostLock.holder(instance).ifPresent(host -> {
            throw HostLock.taken(instance);
        });
        new StartState(instance).onComplete(); // what an earlier start left
        long begun = System.nanoTime();
        Process host = launch(program, instance);
        if (!new StartWatch(instance, host).takesJobs()) {
            throw new LaunchException(
                    "the host did not start: " + reason(instance) + " (more in " + instance.log() + ")");
        }
        System.out.println(new NextSteps(program, instance).greeting(Duration.ofNanos(System.nanoTime() - begun)));
        return 0;
    }

    /** Starts the host with its own streams and session: the end of the caller or its terminal does not stop it. */
    private Process launch(Program program, InstanceDirectory instance) throws IOException {
        OwnerOnlyFiles.open(instance.console())
                .truncate(0)
                .close(); // the redirection would create it with the umask's mode
        List<String> command = new ArrayList<>();
        command.add(detacher());
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

    private static String detacher() {
        return Stream.of(System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(File.pathSeparator))
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "setsid")))
                ? "setsid"
                : "nohup";
    }

    /** The last lines of its output that are for people. */
    private static String reason(InstanceDirectory instance) throws IOException {
        String failure = StartState.failure(StartState.read(instance));
        if (failure != null) {
            return failure;
        }
        // A handler may have printed other bytes than UTF-8.
        List<String> said = new String(Files.readAllBytes(instance.console()), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("ERROR: ") || line.startsWith("WARN: ") || line.startsWith("jobyard: "))
                .toList();
        return said.isEmpty()
                ? "it did not say why"
                : String.join("; ", said.subList(Math.max(0, said.size() - REASON_LINES), said.size()));
    }
}
