// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Error for the log that replaces a handler's error with very long texts. It contains class names, and the beginnings of the messages. */
final class ShortenedError extends Exception {

    private static final long serialVersionUID = 1L;
    /** Maximum size of a stack trace that is logged unchanged, in characters. */
    private static final int MOST = 262_144;

    private static final int LINE = 100;
    private static final int MAX_MESSAGE = 1_000;
    private static final int MAX_FRAMES = 100;
    private static final int MAX_CAUSES = 10;

    private ShortenedError(String message, @Nullable ShortenedError cause, List<StackTraceElement> frames) {
        super(message, cause, false, true);
        setStackTrace(frames.toArray(StackTraceElement[]::new));
    }

    /**
     * Returns the throwable unchanged if it is small, including its causes and suppressed exceptions. May throw exceptions from their
     * methods.
     */
    static Throwable of(Throwable thrown) {
        return size(thrown) <= MOST ? thrown : shortened(thrown, 1);
    }

    private static long size(Throwable thrown) {
        long size = 0;
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Throwable> open = new ArrayList<>(List.of(thrown));
        while (size <= MOST && !open.isEmpty()) {
            Throwable each = open.remove(open.size() - 1);
            if (seen.add(each)) {
                size += LINE + length(each.getMessage()) + length(each.toString());
                for (StackTraceElement frame : each.getStackTrace()) {
                    size += length(frame);
                }
                open.addAll(List.of(each.getSuppressed()));
                Throwable cause = each.getCause();
                if (cause != null) {
                    open.add(cause);
                }
            }
        }
        return size;
    }

    private static ShortenedError shortened(Throwable thrown, int depth) {
        String name = thrown.getClass().getName();
        String message = thrown.getMessage();
        Throwable cause = thrown.getCause();
        List<StackTraceElement> frames = List.of(thrown.getStackTrace());
        return new ShortenedError(
                message == null ? name : name + ": " + ErrorText.cut(message),
                cause == null || depth == MAX_CAUSES ? null : shortened(cause, depth + 1),
                frames.stream()
                        .limit(MAX_FRAMES)
                        .filter(frame -> length(frame) <= MAX_MESSAGE)
                        .toList());
    }

    /** Returns the text of the error that it replaces. */
    @Override
    public String toString() {
        return String.valueOf(getMessage());
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    private static int length(StackTraceElement frame) {
        return length(frame.getClassName()) + length(frame.getMethodName()) + length(frame.getFileName());
    }
}
