// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A host on its own instance, started and stopped by {@code bin/jobyard} as by a user. Closing it stops the host and
 * deletes the instance, as does the end of this process, including Ctrl-C.
 */
final class TemporaryHost implements AutoCloseable {

    private final Program program;
    private final InstanceDirectory instance;
    private final Map<String, String> environment;
    private @Nullable Process starting;
    private boolean failed;
    private boolean closed;

    private TemporaryHost(Program program, InstanceDirectory instance, Map<String, String> environment) {
        this.program = program;
        this.instance = instance;
        this.environment = environment;
    }

    /**
     * Creates a host in a temporary directory, without starting it. The environment is added to that of this process.
     */
    static TemporaryHost in(String prefix, Program program, Map<String, String> environment) throws IOException {
        InstanceDirectory instance = new InstanceDirectory(Files.createTempDirectory(prefix));
        TemporaryHost host = new TemporaryHost(program, instance, environment);
        Runtime.getRuntime().addShutdownHook(new Thread(host::abort, "jobyard-abort-1"));
        return host;
    }

    InstanceDirectory instance() {
        return instance;
    }

    /** Starts the host. If it fails, the instance stays, because the message names its log. */
    void start() throws IOException, InterruptedException {
        Process process;
        synchronized (this) {
            if (closed) {
                throw new LaunchException("ended before the host started");
            }
            process = launch("start");
            starting = process;
        }
        try {
            await(process);
        } catch (LaunchException e) {
            failed = true;
            throw e;
        }
    }

    /** Shuts the host down cleanly. Does nothing if the host does not run. */
    void stop() throws IOException, InterruptedException {
        await(launch("stop"));
    }

    /** Keeps the host running when this process ends. */
    synchronized void keep() {
        closed = true;
    }

    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        try {
            stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted: the host in " + instance.directory() + " may still run");
        }
        closed = true;
        if (!failed) {
            instance.delete();
        }
    }

    /** Kills the start, because the end of this process should not wait for it. */
    private synchronized void abort() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (starting != null) {
                starting.descendants().forEach(ProcessHandle::destroy);
                starting.waitFor();
            }
            stop();
            instance.delete();
        } catch (IOException | InterruptedException | LaunchException e) {
            System.err.println("jobyard: the host in " + instance.directory() + " may still run: " + e.getMessage());
        }
    }

    /**
     * Starts a process in its own session. Ctrl-C then ends only this process, which shuts down the others cleanly.
     */
    private Process launch(String command) throws IOException {
        List<String> words = Stream.concat(
                        Detached.prefix().stream(),
                        Stream.of(
                                program.script().toString(),
                                command,
                                "--instance",
                                instance.directory().toString()))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static void await(Process process) throws IOException, InterruptedException {
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new LaunchException(said.strip().replaceFirst("^jobyard: ", ""));
        }
    }
}
