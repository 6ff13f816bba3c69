// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.handler.PermanentException;
import io.jobyard.api.handler.RateLimitedException;
import io.jobyard.api.handler.RetryableException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Text that a job shows for an exception of its handler. */
final class ErrorText {

    private static final int MAX_LENGTH = 1_000;

    private ErrorText() {}

    static String text(Throwable thrown, UnaryOperator<String> redaction) {
        String message = message(thrown, redaction);
        if (isMeant(thrown) && message != null) {
            return message;
        }
        String name = thrown.getClass().getSimpleName();
        return cut(name + (message == null ? "" : ": " + message) + where(thrown));
    }

    /** Returns whether the handler threw the exception deliberately. Then its message is enough, without a stack trace. */
    static boolean isMeant(Throwable thrown) {
        return thrown instanceof PermanentException
                || thrown instanceof RetryableException
                || thrown instanceof RateLimitedException;
    }

    static @Nullable String message(Throwable thrown, UnaryOperator<String> redaction) {
        String message = thrown.getMessage();
        return message == null ? null : redaction.apply(message);
    }

    /** Returns the throwable, or a substitute if its class, which belongs to the handler, does not allow it to be printed. */
    static Throwable readable(Throwable thrown) {
        Throwable shown = shown(thrown);
        return shown instanceof Unreadable ? shown : thrown;
    }

    /** Returns a throwable that is safe to log, whatever the methods of the original do and however large its texts are. */
    static Throwable shown(Throwable thrown) {
        try {
            return ShortenedError.of(thrown);
        } catch (RuntimeException | Error e) {
            return new Unreadable(thrown.getClass().getName() + ", whose own methods throw exceptions");
        }
    }

    private static final class Unreadable extends Exception {

        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message, null, false, false);
        }
    }

    private static String where(Throwable thrown) {
        StackTraceElement[] trace = thrown.getStackTrace();
        return trace.length == 0 ? "" : " (" + trace[0].getFileName() + ":" + trace[0].getLineNumber() + ")";
    }

    /** Cuts a text to a readable length. */
    static String cut(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
    }
}
