// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.spi.text.VisibleText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Stack trace of a failed attempt for the log of its job: with its causes, without the host's own calls around the handler, with each line
 * redacted, and limited in length.
 */
final class StackTrace {

    private static final int MAX_FRAMES = 50;
    private static final int MAX_CAUSES = 4;
    private static final int MAX_LENGTH = 8_000;
    private static final int MAX_PIECE = 1_900;

    private StackTrace() {}

    /** Returns pieces of whole lines that fit into a line of the log; empty for an exception without a stack trace. */
    static List<String> pieces(Throwable thrown, UnaryOperator<String> redaction) {
        List<Throwable> chain = chain(thrown);
        List<String> lines = new ArrayList<>();
        boolean known = false;
        for (Throwable each : chain) {
            List<StackTraceElement> frames = frames(each);
            known |= !frames.isEmpty();
            lines.add(line((lines.isEmpty() ? "" : "Caused by: ") + each, redaction));
            int shown = Math.min(frames.size(), MAX_FRAMES / chain.size());
            frames.subList(0, shown).forEach(frame -> lines.add(line("    at " + frame, redaction)));
            if (shown < frames.size()) {
                lines.add("    … " + (frames.size() - shown) + " more");
            }
        }
        return known ? packed(lines) : List.of();
    }

    /** Returns one redacted line, even for a message with several lines. */
    private static String line(String text, UnaryOperator<String> redaction) {
        return ErrorText.cut(VisibleText.line(redaction.apply(text)));
    }

    private static List<Throwable> chain(Throwable thrown) {
        List<Throwable> chain = new ArrayList<>();
        Throwable next = thrown;
        while (next != null && chain.size() <= MAX_CAUSES) {
            chain.add(next);
            next = next.getCause(); // ends a cycle of causes
        }
        return chain;
    }

    /** Returns the frames above the host's call of the handler. */
    private static List<StackTraceElement> frames(Throwable thrown) {
        List<StackTraceElement> frames = List.of(thrown.getStackTrace());
        return frames.stream()
                .takeWhile(frame -> !frame.getClassName().equals(InterceptorChain.class.getName()))
                .toList();
    }

    private static List<String> packed(List<String> lines) {
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        int length = 0;
        for (String line : lines) {
            length += line.length() + 1;
            if (length > MAX_LENGTH) {
                break;
            }
            if (piece.length() + line.length() >= MAX_PIECE) {
                pieces.add(piece.toString());
                piece.setLength(0);
            }
            piece.append(piece.isEmpty() ? "" : "\n").append(line);
        }
        pieces.add(piece.toString());
        return pieces;
    }
}
