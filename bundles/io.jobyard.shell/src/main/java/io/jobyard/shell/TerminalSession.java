// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import java.io.IOError;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.Function;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
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
    private final Completion completion;

    TerminalSession(CommandProcessor processor, Completion completion, ShellSession.Client client) {
        this.processor = processor;
        this.completion = completion;
        this.client = client;
    }

    int run() throws IOException, InterruptedException {
        Greeting greeting = client.greeting();
        OutputStream lines = new TerminalLines(client.out());
        TerminalKeys keys = new TerminalKeys(client.in());
        try (ExternalTerminal terminal = paused(greeting.terminal(), keys);
                GogoSession session = new GogoSession(processor, client, terminal.input(), lines, lines)) {
            terminal.setSize(new Size(greeting.columns(), greeting.rows()));
            keys.onResize(size -> {
                terminal.setSize(size);
                terminal.raise(Terminal.Signal.WINCH);
            });
            terminal.resume();
            session.put(Screen.TERMINAL, terminal);
            session.put("#" + Screen.COLUMNS, (Function) (any, none) -> terminal.getWidth());
            terminal.handle(Terminal.Signal.INT, signal -> session.cancel());
            LineReader reader = reader(terminal, session);
            terminal.writer().println("help lists the commands; Ctrl-D ends the session, not the host.");
            loop(reader, session);
            return 0;
        }
    }

    /** Creates a terminal that reads no keys until it is resumed. */
    private ExternalTerminal paused(String type, TerminalKeys keys) throws IOException {
        return new ExternalTerminal(
                "jobyard", type, keys, client.out(), StandardCharsets.UTF_8, Terminal.SignalHandler.SIG_DFL, true);
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

    /** Returns a parser that treats quotes and backslashes as plain characters, because Gogo parses the line. */
    static DefaultParser parser() {
        DefaultParser parser = new DefaultParser();
        parser.setQuoteChars(new char[0]);
        parser.setEscapeChars(new char[0]);
        return parser;
    }

    private LineReader reader(Terminal terminal, GogoSession session) {
        return LineReaderBuilder.builder()
                .appName("jobyard")
                .terminal(terminal)
                .parser(parser())
                .completer((reader, line, candidates) ->
                        candidates.addAll(completion.candidates(line, session.directory())))
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.BRACKETED_PASTE, true)
                .build();
    }
}
