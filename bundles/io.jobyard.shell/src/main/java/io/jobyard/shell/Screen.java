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
 * The input and output of a command, and the user of its session.
 *
 * @param files the files of the caller, and standard input
 * @param out standard output
 * @param err standard error
 * @param width columns of the terminal; {@link #ENDLESS} if the output is none, so that nothing in it is cut or broken
 * @param colour whether to paint
 * @param caller whose session it is
 * @param terminal the terminal at which a person types; null if standard input is something else
 */
record Screen(
        CommandFiles files,
        PrintStream out,
        PrintStream err,
        int width,
        boolean colour,
        Caller caller,
        @Nullable Terminal terminal) {

    /** The variable under which a session of the socket keeps its {@link Peer}. */
    static final String PEER = ".jobyard.peer";

    static final String COLUMNS = "COLUMNS";
    /** The variable under which sessions on a terminal keep it; the same as in gogo.jline. */
    static final String TERMINAL = ".terminal";

    /** The width of a pipe or a file. */
    static final int ENDLESS = Integer.MAX_VALUE;

    /** The narrowest layout; a narrower terminal breaks the lines itself. */
    private static final int NARROWEST = 40;

    /** The user who opened the socket. Not a text, so that a session cannot set it. */
    record Peer(String name) {}

    /** Of a caller elsewhere. */
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

    /** Whether the caller is on the host's own machine. */
    boolean isLocal() {
        return files instanceof DirectoryFiles;
    }

    /** What names of the host's own files are relative to; for local commands alone. */
    Path directory() {
        return ((DirectoryFiles) files).directory();
    }

    boolean isEndless() {
        return width == ENDLESS;
    }

    /**
     * The user who opened the socket; on other consoles, such as Karaf's, the user who is logged in. Any bundle can open a
     * session without a user.
     */
    private static Caller caller(CommandSession session) {
        return session.get(PEER) instanceof Peer peer
                ? Caller.administrator(peer.name())
                : LoginUser.user().orElse(LoginUser.NOBODY);
    }

    /** Prints one line with control characters escaped: stored text must not control the reader's terminal. */
    void line(String text) {
        painted(plain(text));
    }

    /** Prints several lines. Stored text in them is JSON, or escaped before. */
    void lines(String text) {
        painted(VisibleText.lines(text));
    }

    /** Prints a line unchanged: its parts are escaped, or colours. */
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

    /** Colours a status if this is a terminal. */
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

    /** One line with everything escaped that is not plainly seen. */
    static String plain(String text) {
        return VisibleText.line(text);
    }

    private static PrintStream utf8(PrintStream stream) {
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }
}
