// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Client of a running host's admin socket. With a command, runs the command, passes on standard input and returns its
 * exit code. Without a command, offers line editing on a terminal; without a terminal, runs the commands on standard
 * input, one per line, and returns the last exit code.
 */
public final class ShellClient {

    private ShellClient() {}

    /**
     * Runs a command line or a session.
     *
     * @param instance the host's instance directory
     * @param command the command line; null for a session
     * @return the exit code
     * @throws IOException if the terminal cannot be read
     */
    public static int run(Path instance, @Nullable String command) throws IOException {
        InputStream in = command == null
                ? System.in
                : TypedPassword.input(List.of(command.strip().split("\\s+")));
        return connected(instance, System.err, channel -> {
            if (command != null) {
                return exchange(channel, "run", TerminalSize.now().words(), command, in, System.out, System.err);
            }
            return ShellTerminal.present() ? session(channel) : lines(channel);
        });
    }

    /** Runs one command with these arguments, in which no character is special. */
    static int call(Path instance, List<String> words) throws IOException {
        InputStream in = TypedPassword.input(words);
        return connected(
                instance,
                System.err,
                channel -> exchange(
                        channel,
                        "call",
                        TerminalSize.now().words(),
                        String.join("\0", words),
                        in,
                        System.out,
                        System.err));
    }

    /** Runs a line of commands without a terminal. */
    static int run(Path instance, String command, InputStream in, PrintStream out, PrintStream err) {
        return connected(
                instance, err, channel -> exchange(channel, "run", TerminalSize.NONE.words(), command, in, out, err));
    }

    private static int lines(SocketChannel channel) throws IOException {
        return exchange(channel, "lines", TerminalSize.NONE.words(), null, System.in, System.out, System.err);
    }

    private static int session(SocketChannel channel) throws IOException {
        try (ShellTerminal terminal = ShellTerminal.raw()) {
            TerminalSize size = TerminalSize.now();
            ShellProtocol.greet(channel, "terminal", size.words(), null);
            terminal.follow(size, now -> ShellProtocol.resize(channel, now.columns(), now.rows()));
            return exchange(channel, new EscapedKeys(System.in), System.out, System.err);
        }
    }

    private interface Talk {
        int with(SocketChannel channel) throws IOException;
    }

    private static int connected(Path instance, PrintStream err, Talk talk) {
        SocketChannel channel;
        try {
            channel = ShellAddress.connect(instance);
        } catch (IOException e) {
            err.println("no host runs on " + instance + "; start it with bin/jobyard start");
            return 1;
        }
        try (channel) {
            return talk.with(channel);
        } catch (IOException e) {
            System.out.flush();
            err.println("the connection to the host was lost (" + e.getMessage() + "); see bin/jobyard status");
            return 1;
        }
    }

    private static int exchange(
            SocketChannel channel,
            String mode,
            String terminal,
            @Nullable String command,
            InputStream in,
            PrintStream out,
            PrintStream err)
            throws IOException {
        ShellProtocol.greet(channel, mode, terminal, command);
        return exchange(channel, in, out, err);
    }

    private static int exchange(SocketChannel channel, InputStream in, PrintStream out, PrintStream err)
            throws IOException {
        Thread sender = new Thread(() -> ShellProtocol.input(channel, in), "jobyard-shell-input-1");
        // A read of standard input cannot be interrupted, and must not keep the process alive.
        sender.setDaemon(true);
        sender.start();
        return ShellProtocol.receive(channel, out, err);
    }
}
