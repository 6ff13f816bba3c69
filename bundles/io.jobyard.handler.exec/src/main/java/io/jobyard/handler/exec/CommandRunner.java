// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import io.jobyard.api.handler.JobContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Runner of programs. It ensures that no process outlives its run or its host. */
final class CommandRunner {

    private static final int IDLE_SECONDS = 10;

    private final RunDirectories positions;
    private final ProcessMark mark;
    private final ProcessEnd end;
    private final ExecutorService threads;

    CommandRunner(RunDirectories positions, ProcessMark mark, ProcessEnd end) {
        this.positions = positions;
        this.mark = mark;
        this.end = end;
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                    Thread thread = new Thread(work, "jobyard-exec-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    void stop() {
        threads.shutdown();
    }

    /** Runs a program until no process of the run is left, unless a killed process does not end. */
    CommandEnd run(CommandCall call, ProcessContainment containment, JobContext context) throws Exception {
        String run = context.job().id() + ":" + context.run();
        Path own = positions.create(mark, run);
        ProcessTree tree = tree(call, containment, run, own);
        StartedCommand started;
        boolean isInTime;
        try {
            Process process = start(call, tree, run, own);
            tree.add(process.toHandle());
            positions.record(own, mark, process.toHandle());
            started = new StartedCommand(
                    process, threads, context, call.settings().maxBytes(), call.stdin());
            isInTime = started.await(call.settings().timeoutSeconds());
        } finally {
            end.end(tree, () -> {
                tree.remove();
                positions.remove(own);
            });
        }
        if (!isInTime) {
            throw new CommandFailedException(
                    "command " + call.name() + " was stopped after "
                            + call.settings().timeoutSeconds() + " s (timeout.seconds)",
                    null);
        }
        return new CommandEnd(started.exit(), started.output(), started.errors());
    }

    private ProcessTree tree(CommandCall call, ProcessContainment containment, String run, Path own)
            throws CommandFailedException {
        try {
            return containment.create(run);
        } catch (IOException e) {
            positions.remove(own);
            throw new CommandFailedException(
                    "command " + call.name() + ": cannot contain its processes: " + e.getMessage(), null);
        }
    }

    private Process start(CommandCall call, ProcessTree tree, String run, Path own) throws CommandFailedException {
        Path directory =
                call.settings().directory() == null ? own : call.settings().directory();
        if (!Files.isDirectory(directory)) {
            throw new CommandFailedException("command " + call.name() + ": directory not found: " + directory, null);
        }
        requireExecutable(call);
        ProcessBuilder builder = new ProcessBuilder(tree.wrap(call.line())).directory(directory.toFile());
        CommandEnvironment.fill(
                builder.environment(),
                System::getenv,
                directory,
                call.settings().environment());
        builder.environment().put(ProcessMark.VARIABLE, mark.value(run));
        try {
            return builder.start();
        } catch (IOException e) {
            throw notStarted(
                    call, e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
        }
    }

    /** Checks the program's file, because containments that start programs by a shell report less. */
    private static void requireExecutable(CommandCall call) throws CommandFailedException {
        Path program = Path.of(call.line().get(0));
        if (!Files.exists(program)) {
            throw notStarted(call, "file not found");
        } else if (!Files.isRegularFile(program) || !Files.isExecutable(program)) {
            throw notStarted(call, "the host has no permission to execute it");
        }
    }

    private static CommandFailedException notStarted(CommandCall call, @Nullable String why) {
        return new CommandFailedException(
                "command " + call.name() + ": " + call.line().get(0) + " cannot start: " + why, null);
    }
}
