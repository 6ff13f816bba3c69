// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import io.jobyard.api.handler.JobContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs programs, and sees to it that none outlasts its run, nor its host. Safe for use by several threads. */
final class CommandRunner {

    private static final Logger LOG = LoggerFactory.getLogger(CommandRunner.class);
    private static final int IDLE_SECONDS = 10;

    private final RunPlaces places;
    private final Duration grace;
    private final ProcessMark mark;
    private final ExecutorService threads;

    /** {@code grace}: how long a process may take to end after it was asked to. */
    CommandRunner(RunPlaces places, Duration grace) {
        this.places = places;
        this.grace = grace;
        mark = ProcessMark.of(owner(places));
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                    Thread thread = new Thread(work, "jobyard-exec-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    private static String owner(RunPlaces places) {
        try {
            return places.owner();
        } catch (IOException e) {
            LOG.warn(
                    "Who owns the processes of commands cannot be kept ({}): if this host is killed, they stay",
                    e.toString());
            return UUID.randomUUID().toString();
        }
    }

    /** Ends what an earlier host of the instance has left when it was killed. */
    void endOrphans() {
        Set<ProcessHandle> recorded = places.recorded(mark);
        Set<ProcessHandle> found = new HashSet<>(recorded);
        found.addAll(ProcessScan.with(mark::isOfEarlierHost));
        if (!found.isEmpty()) {
            LOG.info("{} processes of commands have outlived their host, and are ended", found.size());
        }
        new ProcessEnd(() -> {
                    found.addAll(ProcessScan.with(mark::isOfEarlierHost));
                    return found;
                })
                .end(grace);
        places.removeEarlier(mark);
    }

    void stop() {
        threads.shutdown();
    }

    /** Returns, or throws, when no process of the run is left. */
    CommandEnd run(CommandCall call, JobContext context) throws Exception {
        String run = context.job().id() + ":" + context.run();
        Path own = places.create(mark, run);
        try {
            return run(call, context, run, own);
        } finally {
            places.remove(own);
        }
    }

    private CommandEnd run(CommandCall call, JobContext context, String run, Path own) throws Exception {
        CommandSettings settings = call.settings();
        Process process = start(call, run, settings.directory() == null ? own : settings.directory());
        ProcessHandle handle = process.toHandle();
        ProcessEnd end = new ProcessEnd(() -> {
            Set<ProcessHandle> found = ProcessScan.with(entry -> mark.isOf(entry, run));
            found.add(handle);
            return found;
        });
        boolean isOver;
        StartedCommand started;
        try {
            places.record(own, mark, handle);
            started = new StartedCommand(process, threads, context, settings.maxBytes(), call.stdin());
            isOver = !started.await(settings.timeoutSeconds());
        } finally {
            end.end(grace);
        }
        if (isOver) {
            throw new CommandFailedException(
                    "command " + call.name() + " was ended after " + settings.timeoutSeconds() + " s (timeout.seconds)",
                    null);
        }
        return new CommandEnd(started.exit(), started.output(), started.errors());
    }

    private Process start(CommandCall call, String run, Path directory) throws CommandFailedException {
        String program = call.line().get(0);
        if (!Files.isDirectory(directory)) {
            throw new CommandFailedException("command " + call.name() + ": there is no directory " + directory, null);
        }
        ProcessBuilder builder = new ProcessBuilder(call.line()).directory(directory.toFile());
        CommandEnvironment.fill(
                builder.environment(),
                System::getenv,
                directory,
                call.settings().environment());
        builder.environment().put(ProcessMark.VARIABLE, mark.value(run));
        try {
            return builder.start();
        } catch (IOException e) {
            String why = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
            throw new CommandFailedException(
                    "command " + call.name() + ": " + program + " cannot be started: " + why, null);
        }
    }
}
