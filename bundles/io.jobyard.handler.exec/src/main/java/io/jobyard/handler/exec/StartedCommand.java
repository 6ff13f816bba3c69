// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import io.jobyard.api.handler.RunProgress;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running program, with the three threads that serve its streams. */
final class StartedCommand {

    private static final Logger LOG = LoggerFactory.getLogger(StartedCommand.class);
    /**
     * Time to wait for the end of the streams. They end with the last process that holds them, and a hidden process may
     * hold them longer.
     */
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final Process process;
    private final Future<ProgramOutput> output;
    private final Future<ProgramOutput> errors;

    StartedCommand(
            Process process, ExecutorService threads, RunProgress context, int maxBytes, @Nullable String stdin) {
        this.process = process;
        threads.submit(() -> write(process.getOutputStream(), stdin));
        Listener emitted = new Listener(context::emit);
        output = threads.submit(() -> emitted.checked(OutputPump.read(process.getInputStream(), maxBytes, emitted)));
        LineLog lines = new LineLog(context::log);
        Listener logged = new Listener(lines);
        errors = threads.submit(() -> {
            ProgramOutput read = OutputPump.read(process.getErrorStream(), maxBytes, logged);
            lines.end();
            return logged.checked(read);
        });
    }

    /** Writes the input, which the program may not read completely. */
    private static void write(OutputStream out, @Nullable String text) {
        try (out) {
            out.write((text == null ? "" : text).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.debug("A command did not read all of its input: {}", e.getMessage());
        }
    }

    /** Waits for the end. Returns false on timeout. */
    boolean await(@Nullable Integer seconds) throws InterruptedException {
        if (seconds != null) {
            return process.waitFor(seconds, TimeUnit.SECONDS);
        }
        process.waitFor();
        return true;
    }

    int exit() {
        return process.exitValue();
    }

    /** Returns the output. Call it after the program has ended. */
    ProgramOutput output() throws Exception {
        return whole(output);
    }

    /** Returns the error output. Call it after the program has ended. */
    ProgramOutput errors() throws Exception {
        return whole(errors);
    }

    private static ProgramOutput whole(Future<ProgramOutput> read) throws Exception {
        try {
            return read.get(LAST_WORDS.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new CommandFailedException(
                    "a process that the command started holds its output and cannot be found", null);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /** Passes pieces on until that fails; then reads the rest, and the run fails at the end. */
    private static final class Listener implements Consumer<String> {

        private final Consumer<String> next;
        private @Nullable RuntimeException failure;

        Listener(Consumer<String> next) {
            this.next = next;
        }

        @Override
        public void accept(String piece) {
            if (failure == null) {
                try {
                    next.accept(piece);
                } catch (RuntimeException e) {
                    failure = e;
                }
            }
        }

        ProgramOutput checked(ProgramOutput read) {
            if (failure != null) {
                throw failure;
            }
            return read;
        }
    }
}
