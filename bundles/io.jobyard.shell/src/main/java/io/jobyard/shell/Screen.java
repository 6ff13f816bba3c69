// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.spi.Caller;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Process;

/**
 * Where a command's words go, and who reads them.
 *
 * @param in standard input
 * @param out standard output
 * @param err standard error
 * @param width columns to keep to
 * @param colour whether the output is a terminal
 * @param caller whose session it is
 * @param directory what relative file names are relative to
 */
record Screen(
        InputStream in, PrintStream out, PrintStream err, int width, boolean colour, Caller caller, Path directory) {

    /** The variable under which a session of the socket keeps its {@link Peer}. */
    static final String PEER = ".jobyard.peer";

    static final String COLUMNS = "COLUMNS";
    /** The variable under which sessions on a terminal keep it; the same as in gogo.jline. */
    static final String TERMINAL = ".terminal";

    private static final int WIDTH = 80;

    /** Who opened the socket. Not a text, so that none typed in the session can stand for it. */
    record Peer(String name) {}

    static Screen of(CommandSession session, Process process) {
        Object columns = session.get(COLUMNS);
        return new Screen(
                process.in(),
                utf8(process.out()),
                utf8(process.err()),
                columns instanceof Integer width && width >= WIDTH ? width : WIDTH,
                session.get(TERMINAL) != null && process.isTty(1),
                caller(session),
                session.currentDir());
    }

    /**
     * Whoever opened the socket; of other consoles, such as Karaf's, the user that is logged in there. Any bundle can open a
     * session in which nobody is.
     */
    private static Caller caller(CommandSession session) {
        return session.get(PEER) instanceof Peer peer
                ? Caller.administrator(peer.name())
                : LoggedIn.user().orElse(LoggedIn.NOBODY);
    }

    void print(String text) {
        out.print(text);
    }

    void line(String text) {
        out.print(text + "\n");
    }

    void error(String text) {
        err.print((colour ? "\u001b[31m" + text + "\u001b[m" : text) + "\n");
    }

    void json(Object document) {
        line(Json.compact(document));
    }

    /** The words a status is shown in, coloured on a terminal. */
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

    /** Broken at spaces, and within words too long for a line, so that it fits behind an indent. */
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

    /** One line without control characters: what others stored must not drive the reader's terminal. */
    static String plain(String text) {
        return text.replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}", "?");
    }

    private static PrintStream utf8(PrintStream stream) {
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }
}
