// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import java.io.EOFException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.apache.felix.service.command.Job;
import org.apache.felix.service.command.Result;
import org.jspecify.annotations.Nullable;

/** Gogo session that runs lines and knows the exit code of the last line. */
final class GogoSession implements AutoCloseable {

    private static final Set<String> EXITS = Set.of("exit", "quit", "logout");

    private record KeptText(String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    private final CommandProcessor processor;
    private final InputStream in;
    private final OutputStream out;
    private final OutputStream err;
    private volatile List<CommandOutput> outputs = List.of();
    private volatile CommandSession session;
    private volatile int exit;
    private volatile boolean running;
    private volatile boolean cancelled;

    GogoSession(
            CommandProcessor processor,
            ShellSession.Client client,
            InputStream in,
            OutputStream out,
            OutputStream err) {
        this.processor = processor;
        this.in = in;
        this.out = out;
        this.err = err;
        session = open();
        session.put("SCOPE", "job:felix:gogo:*");
        session.put(Screen.PEER, new Screen.Peer(client.user()));
        session.put(Screen.COLUMNS, client.greeting().columns());
        session.currentDir(client.greeting().directory());
    }

    void put(String name, Object value) {
        session.put(name, value);
    }

    Path directory() {
        return session.currentDir();
    }

    /** Returns whether a line ends the session. Gogo's own exit command would stop the host. */
    static boolean ends(String line) {
        return EXITS.contains(line.strip());
    }

    /** Runs a line and returns its exit code. */
    int run(String line) throws InterruptedException {
        if (line.isBlank() || line.stripLeading().startsWith("#")) {
            return exit;
        }
        return execute(kept -> UnquotedJson.replace(line, json -> keep(json, kept)));
    }

    /** Runs a command of scope {@code job}. Gogo does not parse the arguments. */
    int call(List<String> words) throws InterruptedException {
        return execute(kept -> words.stream()
                .skip(1)
                .map(argument -> keep(argument, kept))
                .collect(Collectors.joining(" ", "job:" + words.get(0) + " ", "")));
    }

    /** Runs a line; variables hold the kept texts until then. */
    private int execute(Function<List<String>, String> line) throws InterruptedException {
        exit = 0;
        cancelled = false;
        running = true;
        List<String> kept = new ArrayList<>();
        try {
            print(session.execute(line.apply(kept)));
        } catch (Exception e) {
            if (e instanceof InterruptedException interrupt && !cancelled) {
                throw interrupt;
            }
            if (!cancelled) {
                error(message(e));
            }
            exit = 1;
        } finally {
            running = false;
            kept.forEach(name -> session.put(name, null));
        }
        if (cancelled) { // even if the command threw an exception
            renew();
            error("interrupted; submitted jobs continue");
            exit = 1;
        }
        return exit;
    }

    /** Cancels the current line, not the session. */
    void cancel() {
        if (running) {
            cancelled = true;
            Job job = session.foregroundJob();
            if (job != null) {
                job.interrupt();
            }
        }
    }

    @Override
    public void close() {
        outputs.forEach(CommandOutput::close);
        session.close();
    }

    private CommandSession open() {
        CommandOutput output = new CommandOutput(out);
        CommandOutput errors = new CommandOutput(err);
        outputs = List.of(output, errors);
        CommandSession opened = processor.createSession(in, utf8(output), utf8(errors));
        opened.setJobListener(this::ended);
        return opened;
    }

    /**
     * Replaces the Gogo session if an interrupt closed its streams. Gogo closes them when an interrupted command
     * prints.
     */
    private void renew() {
        close();
        CommandSession before = session;
        CommandSession next = open();
        for (Object name : (Set<?>) before.get(".variables")) {
            next.put(name.toString(), before.get(name.toString()));
        }
        next.currentDir(before.currentDir());
        session = next;
    }

    private void error(String line) {
        utf8(err).println(Screen.plain(line));
    }

    private static PrintStream utf8(OutputStream stream) {
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }

    private String keep(String text, List<String> kept) {
        String name = "_kept" + kept.size();
        kept.add(name);
        // Gogo would expand a string again, but not an object.
        session.put(name, new KeptText(text));
        return "$" + name;
    }

    private void print(@Nullable Object value) {
        if (value != null) {
            session.getConsole().println(session.format(value, Converter.INSPECT));
        }
    }

    private void ended(Job job, Job.@Nullable Status before, Job.Status now) {
        Result result = job.result();
        if (now == Job.Status.Done && job.parent() == null && result != null) {
            exit = result.error();
        }
    }

    private static String message(Exception fault) {
        String name = fault.getClass().getSimpleName();
        String message = String.valueOf(fault.getMessage());
        if (name.equals("CommandNotFoundException")) {
            String typed = message.replaceFirst("^Command not found: *", "");
            return "unknown command '" + typed + "'" + Commands.didYouMean(typed) + "; help lists the commands";
        }
        if (fault instanceof EOFException) {
            return "unclosed quote or block: " + message;
        }
        return fault.getMessage() == null ? name : message;
    }
}
