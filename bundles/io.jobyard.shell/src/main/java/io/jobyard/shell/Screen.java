// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.settings.api.command.CommandFiles;
import io.jobyard.settings.api.command.DirectoryFiles;
import io.jobyard.settings.api.command.ShellCall;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.text.VisibleText;
import io.jobyard.views.api.JsonWriter;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Process;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;

/**
 * Input and output of a command, and the user of its session.
 *
 * @param files the caller's files and standard input
 * @param out standard output
 * @param err standard error
 * @param width columns of the terminal; {@link #ENDLESS} without a terminal, so that no text is cut or wrapped
 * @param colour whether to use colours
 * @param caller the user of the session
 * @param terminal the terminal at which a person types; null if standard input is not a terminal
 */
record Screen(
        CommandFiles files,
        PrintStream out,
        PrintStream err,
        int width,
        boolean colour,
        Caller caller,
        @Nullable Terminal terminal) {

    /** Variable in which a session of the socket keeps its {@link Peer}. */
    static final String PEER = ".jobyard.peer";

    static final String COLUMNS = "COLUMNS";
    /** Variable in which sessions on a terminal keep the terminal, as in gogo.jline. */
    static final String TERMINAL = ".terminal";

    /** Width of a pipe or a file. */
    static final int ENDLESS = Integer.MAX_VALUE;

    /** Narrowest layout. A narrower terminal wraps the lines. */
    private static final int NARROWEST = 40;

    /** User who opened the socket. It is not a string, so that a session cannot set it. */
    record Peer(String name) {}

    /** Returns the screen of a remote caller. */
    static Screen of(ShellCall call) {
        return new Screen(
                call.files(),
                new PrintStream(call.out(), true, StandardCharsets.UTF_8),
                new PrintStream(call.err(), true, StandardCharsets.UTF_8),
                width(call.columns()),
                false,
                call.caller(),
                null);
    }

    static Screen of(CommandSession session, Process process) {
        return new Screen(
                new DirectoryFiles(session.currentDir(), process.in()),
                utf8(process.out()),
                utf8(process.err()),
                width(session, process),
                session.get(TERMINAL) != null && process.isTty(1),
                caller(session),
                process.isTty(0) && session.get(TERMINAL) instanceof Terminal terminal ? terminal : null);
    }

    private static int width(CommandSession session, Process process) {
        return process.isTty(1) && session.get(COLUMNS) instanceof Integer columns ? width(columns) : ENDLESS;
    }

    private static int width(int columns) {
        return columns > 0 ? Math.max(columns, NARROWEST) : ENDLESS;
    }

    /** Returns whether the caller is on the host's own machine. */
    boolean isLocal() {
        return files instanceof DirectoryFiles;
    }

    /** Returns the directory to which names of the host's files are relative, for local commands only. */
    Path directory() {
        return ((DirectoryFiles) files).directory();
    }

    boolean isEndless() {
        return width == ENDLESS;
    }

    /**
     * Returns the user who opened the socket or, on other consoles such as Karaf's, the logged-in user. Any bundle
     * can open a session without a user.
     */
    private static Caller caller(CommandSession session) {
        return session.get(PEER) instanceof Peer peer
                ? Caller.administrator(peer.name())
                : LoginUser.user().orElse(LoginUser.NOBODY);
    }

    /**
     * Prints one line with control characters escaped, because stored text must not control the reader's terminal.
     */
    void line(String text) {
        painted(plain(text));
    }

    /** Prints several lines. Stored text in them must be JSON or already escaped. */
    void lines(String text) {
        painted(VisibleText.lines(text));
    }

    /** Prints a line unchanged. Its parts must be escaped or colours. */
    void painted(String line) {
        out.print(line + "\n");
    }

    void error(String text) {
        String line = plain(text);
        err.print((colour ? "\u001b[31m" + line + "\u001b[m" : line) + "\n");
    }

    void json(Object document) {
        line(JsonWriter.compact(document));
    }

    /** Colours a status if the output is a terminal. */
    String paint(String text) {
        if (!colour) {
            return text;
        }
        String word = text.strip().split("\\W", 2)[0];
        return switch (word) {
            case "completed", "active" -> "\u001b[32m" + text + "\u001b[m";
            case "failed", "missing", "quarantined" -> "\u001b[31m" + text + "\u001b[m";
            case "cancelled" -> "\u001b[35m" + text + "\u001b[m";
            case "running" -> "\u001b[36m" + text + "\u001b[m";
            default -> text;
        };
    }

    /** Wraps a text at spaces, or within long words, to fit after an indent. */
    String wrapped(String text, int indent) {
        StringBuilder lines = new StringBuilder();
        String rest = plain(text);
        while (rest.length() > width - indent) {
            int space = rest.lastIndexOf(' ', width - indent);
            int end = space > 0 ? space : width - indent;
            lines.append(rest, 0, end).append('\n').append(" ".repeat(indent));
            rest = rest.substring(end).stripLeading();
        }
        return lines.append(rest).toString();
    }

    /** Returns the text as one line with all invisible characters escaped. */
    static String plain(String text) {
        return VisibleText.line(text);
    }

    private static PrintStream utf8(PrintStream stream) {
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }
}
