// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The terminal of this process in raw mode: the host edits the line. Put back on close and when the process ends. */
final class ShellTerminal implements Closeable {

    private static final File TTY = new File("/dev/tty");

    private final String saved;
    private final Thread hook = new Thread(this::restore, "jobyard-shell-terminal");

    private ShellTerminal() throws IOException {
        saved = stty("-g");
        Runtime.getRuntime().addShutdownHook(hook);
        stty("raw", "-echo");
    }

    /** Whether a person sits at both ends. System.console() says so, up to Java 21, and lies from then on. */
    static boolean present() {
        try {
            return succeeds("test -t 0 && test -t 1");
        } catch (IOException e) {
            return false;
        }
    }

    static ShellTerminal raw() throws IOException {
        return new ShellTerminal();
    }

    /** Columns, rows and type, as the greeting has them. */
    String describe() throws IOException {
        String[] size = stty("size").split(" ");
        String type = System.getenv().getOrDefault("TERM", "dumb");
        boolean known = size.length == 2 && !size[1].equals("0");
        return (known ? size[1] + " " + size[0] : "80 24") + " " + (type.isBlank() ? "dumb" : type);
    }

    @Override
    public void close() {
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
            System.err.println("the terminal could not be put back (" + e.getMessage() + "); type: stty sane");
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

    private static int exit(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
