// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;

/** What {@code bin/jobyard shell} does with its standard streams, in the test's own process. */
public final class ShellSession {

    private ShellSession() {}

    /** Runs one command without any input; its exit code. */
    public static int call(Path instance, String command, OutputStream out, OutputStream err) {
        return ShellClient.run(
                instance, command, InputStream.nullInputStream(), new PrintStream(out), new PrintStream(err));
    }

    /** Runs one command as {@code bin/jobyard COMMAND} does. */
    public static int call(Path instance, List<String> words, InputStream in, OutputStream out, OutputStream err)
            throws IOException {
        try (SocketChannel channel = ShellAddress.connect(instance)) {
            ShellProtocol.greet(channel, "call", TerminalSize.NONE.words(), String.join("\0", words));
            ShellProtocol.input(channel, in);
            return ShellProtocol.receive(channel, new PrintStream(out), new PrintStream(err));
        }
    }

    /** Runs one command as {@code bin/jobyard --url URL COMMAND} does; standard input is the process's. */
    public static int remote(Path home, String url, Path token, List<String> words, OutputStream out, OutputStream err)
            throws IOException {
        return RemoteCall.run(
                new RemoteLine(url, token, false, words),
                HostCommands.of(new Program(home, "", false)).files(words),
                0,
                new PrintStream(out),
                new PrintStream(err));
    }

    /** Runs lines until they end, or the host does. */
    public static void run(Path instance, InputStream lines, OutputStream answers) throws IOException {
        try (SocketChannel channel = ShellAddress.connect(instance)) {
            ShellProtocol.greet(channel, "lines", TerminalSize.NONE.words(), null);
            Thread sender = new Thread(() -> ShellProtocol.input(channel, lines), "session-input");
            sender.setDaemon(true);
            sender.start();
            ShellProtocol.receive(channel, new PrintStream(answers), new PrintStream(OutputStream.nullOutputStream()));
        }
    }
}
