// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Talks to a running host through its admin socket. With a command: runs it, passes standard input on, ends like it.
 * Without: line editing on a terminal; otherwise standard input holds commands, one a line, all of them are run, and the
 * last one's exit code counts, as in a script.
 */
public final class ShellClient {

    private ShellClient() {}

    /**
     * Runs a command, or a session.
     *
     * @param instance the host's instance directory
     * @param command what to run; null for a session
     * @return the exit code, 0 or 1
     */
    public static int run(Path instance, @Nullable String command) {
        return run(instance, command, System.in, System.out, System.err);
    }

    static int run(Path instance, @Nullable String command, InputStream in, PrintStream out, PrintStream err) {
        SocketChannel channel;
        try {
            channel = ShellAddress.connect(instance);
        } catch (IOException e) {
            err.println("the host of " + instance + " is not running; start it with bin/jobyard start");
            return 1;
        }
        try (channel) {
            if (command != null) {
                return exchange(channel, "run", "0 0 dumb", command, in, out, err);
            }
            if (!ShellTerminal.present()) {
                return exchange(channel, "lines", "0 0 dumb", null, in, out, err);
            }
            try (ShellTerminal terminal = ShellTerminal.raw()) {
                return exchange(channel, "terminal", terminal.describe(), null, in, out, err);
            }
        } catch (IOException e) {
            out.flush();
            err.println("the connection to the host broke (" + e.getMessage()
                    + "); bin/jobyard status tells whether it runs");
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
        Thread sender = new Thread(() -> ShellWire.send(channel, mode, terminal, command, in), "jobyard-shell-input");
        // Nothing ends a read of the standard input: the process does not wait for it.
        sender.setDaemon(true);
        sender.start();
        return ShellWire.receive(channel, out, err);
    }
}
