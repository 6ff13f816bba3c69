// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import java.io.IOError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.felix.service.command.CommandProcessor;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;

/** A session with line editing on a client's terminal. */
final class TerminalSession {

    private static final String PROMPT = "jobyard> ";

    private final CommandProcessor processor;
    private final ShellSession.Client client;

    TerminalSession(CommandProcessor processor, ShellSession.Client client) {
        this.processor = processor;
        this.client = client;
    }

    int run() throws IOException, InterruptedException {
        Greeting greeting = client.greeting();
        try (Terminal terminal = new ExternalTerminal(
                        "jobyard", greeting.terminal(), client.in(), client.out(), StandardCharsets.UTF_8);
                GogoSession session =
                        new GogoSession(processor, client, terminal.input(), terminal.output(), terminal.output())) {
            terminal.setSize(new Size(greeting.columns(), greeting.rows()));
            session.put(Screen.TERMINAL, terminal);
            terminal.handle(Terminal.Signal.INT, signal -> session.cancel());
            LineReader reader = reader(terminal, session);
            terminal.writer().println("help lists the commands; Ctrl-D leaves, the host goes on.");
            loop(reader, session);
            return 0;
        }
    }

    private static void loop(LineReader reader, GogoSession session) throws InterruptedException {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                String line = reader.readLine(PROMPT);
                if (GogoSession.ends(line)) {
                    return;
                }
                session.run(line);
            } catch (UserInterruptException e) {
                // Ctrl-C at the prompt drops the line.
            } catch (EndOfFileException | IOError e) {
                // Ctrl-D, or the client is gone.
                return;
            }
        }
    }

    private static LineReader reader(Terminal terminal, GogoSession session) {
        DefaultParser parser = new DefaultParser();
        // The line is Gogo's to understand: quotes and backslashes are plain characters here.
        parser.setQuoteChars(new char[0]);
        parser.setEscapeChars(new char[0]);
        return LineReaderBuilder.builder()
                .appName("jobyard")
                .terminal(terminal)
                .parser(parser)
                .completer((reader, line, candidates) -> complete(session, line, candidates))
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.BRACKETED_PASTE, true)
                .build();
    }

    private static void complete(GogoSession session, ParsedLine line, List<Candidate> candidates) {
        if (line.wordIndex() == 0) {
            Set<String> names = new TreeSet<>();
            for (Object command : session.commands()) {
                String name = command.toString();
                if (name.startsWith("job:")) {
                    names.add(line.word().startsWith("job:") ? name : name.substring("job:".length()));
                }
            }
            names.forEach(name -> candidates.add(new Candidate(name)));
        }
    }
}
