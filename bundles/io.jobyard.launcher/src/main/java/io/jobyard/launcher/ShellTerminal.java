// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/** Terminal of this process in another mode, which is restored on close and at exit. */
final class ShellTerminal implements Closeable {

    private static final File TTY = new File("/dev/tty");

    private static final String RESIZED = "WINCH";

    private final String saved;
    private @Nullable Object resized;
    private final Thread hook = new Thread(this::restore, "jobyard-shell-terminal-1");

    private ShellTerminal(String... mode) throws IOException {
        saved = stty("-g");
        Runtime.getRuntime().addShutdownHook(hook);
        stty(mode);
    }

    /** Returns whether input and output are a terminal. {@code System.console()} shows this only up to Java 21. */
    static boolean present() {
        try {
            return succeeds("test -t 0 && test -t 1");
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns whether a person types the input, whatever the output is. */
    static boolean isTyped() {
        try {
            return succeeds("test -t 0");
        } catch (IOException e) {
            return false;
        }
    }

    /** Switches to raw mode, because the host edits the line. */
    static ShellTerminal raw() throws IOException {
        return new ShellTerminal("raw", "-echo");
    }

    /** Switches off the echo of typed keys. */
    static ShellTerminal silent() throws IOException {
        return new ShellTerminal("-echo");
    }

    /** Calls the listener with each size that differs from the previous size. */
    void follow(TerminalSize known, Consumer<TerminalSize> listener) {
        AtomicReference<TerminalSize> told = new AtomicReference<>(known);
        Runnable look = () -> {
            try {
                TerminalSize now = TerminalSize.now();
                if (!now.equals(told.getAndSet(now))) {
                    listener.accept(now);
                }
            } catch (IOException e) {
                return; // the session keeps the previous size
            }
        };
        resized = Signals.register(RESIZED, look);
        look.run(); // the size may have changed just before
    }

    @Override
    public void close() {
        if (resized != null) {
            Signals.unregister(RESIZED, resized);
        }
        restore();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending, and the hook runs.
            return;
        }
    }

    private void restore() {
        try {
            stty(saved);
        } catch (IOException e) {
            System.err.println("cannot restore the terminal (" + e.getMessage() + "); enter: stty sane");
        }
    }

    private static boolean succeeds(String script) throws IOException {
        Process process = new ProcessBuilder("sh", "-c", script).inheritIO().start();
        return exit(process) == 0;
    }

    private static String stty(String... arguments) throws IOException {
        String[] command = new String[arguments.length + 1];
        command[0] = "stty";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process = new ProcessBuilder(command)
                .redirectInput(TTY)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (exit(process) != 0) {
            throw new IOException("stty " + String.join(" ", arguments) + " failed");
        }
        return answer;
    }

    static int exit(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
