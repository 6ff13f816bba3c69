// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.spi.text.InputLine;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.felix.service.command.CommandProcessor;
import org.jspecify.annotations.Nullable;

/** Serves the socket's clients with Gogo. */
final class GogoSessions implements ShellSession {

    /** No argument can contain this character. */
    private static final String ARGUMENT_END = "\0";

    private final CommandProcessor processor;
    private final Completion completion;

    GogoSessions(CommandProcessor processor, Completion completion) {
        this.processor = processor;
        this.completion = completion;
    }

    @Override
    public int serve(Client client) throws IOException, InterruptedException {
        return switch (client.greeting().mode()) {
            case RUN -> run(client, String.valueOf(client.command()));
            case CALL -> call(client, String.valueOf(client.command()));
            case LINES -> lines(client);
            case TERMINAL -> new TerminalSession(processor, completion, client).run();
        };
    }

    private int run(Client client, String command) throws InterruptedException {
        try (GogoSession session = session(client)) {
            return GogoSession.ends(command) ? 0 : session.run(command);
        }
    }

    private int call(Client client, String command) throws IOException, InterruptedException {
        List<String> words = List.of(command.split(ARGUMENT_END, -1));
        if (!words.get(0).matches("[a-z]+(-[a-z]+)*")) {
            throw new IOException("unknown command '" + words.get(0) + "'; help lists the commands");
        }
        try (GogoSession session = session(client)) {
            return session.call(words);
        }
    }

    /** Runs all lines. The last exit code counts, as in a script. */
    private int lines(Client client) throws IOException, InterruptedException {
        try (GogoSession session = session(client)) {
            int exit = 0;
            for (String line = line(client.in()); line != null; line = line(client.in())) {
                if (GogoSession.ends(line)) {
                    break;
                }
                exit = session.run(line);
            }
            return exit;
        }
    }

    private GogoSession session(Client client) {
        return new GogoSession(processor, client, client.in(), client.out(), client.err());
    }

    /** Reads byte by byte, so that a command can read standard input after its own line. */
    private static @Nullable String line(InputStream in) throws IOException {
        return InputLine.read(in, LONGEST_LINE, "a line is longer than " + LONGEST_LINE + " bytes; use --file");
    }
}
