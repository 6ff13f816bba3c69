// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.text;

import io.jobyard.api.LogLine;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Stacks as text. The stack traces of a job's failed runs are lines of the job's log, so that they are stored before the outcome and removed
 * with the job. A handler's line never has their prefix.
 */
public final class StackLines {

    private static final String MARK = "\t";
    private static final int MAX_FRAMES = 12;

    private StackLines() {}

    /** Returns the log line for a piece of a failed run's stack trace: whole lines of at most 1,900 characters. */
    public static LogLine of(Instant at, int run, String piece) {
        return new LogLine(at, run, MARK + piece);
    }

    /** Returns a handler's line that cannot be mistaken for a stack trace: spaces replace a tab at its beginning. */
    public static String asNone(String text) {
        return text.startsWith(MARK) ? "    " + text.substring(MARK.length()) : text;
    }

    /** Returns a job's log without the stack traces. */
    public static List<LogLine> without(List<LogLine> log) {
        return log.stream().filter(line -> !is(line)).toList();
    }

    /** Returns the stack traces in a log, by the number of the run: a text of several lines each. The oldest line of the log is first. */
    public static Map<Integer, String> byRun(List<LogLine> log) {
        Map<Integer, String> stacks = new TreeMap<>();
        log.stream()
                .filter(StackLines::is)
                .forEach(line -> stacks.merge(
                        line.run(), line.text().substring(MARK.length()), (before, more) -> before + "\n" + more));
        return stacks;
    }

    /** Returns the stack of a thread in one line: at most 12 frames, the innermost first. */
    public static String inOneLine(Stream<StackTraceElement> innermostFirst) {
        return innermostFirst.limit(MAX_FRAMES).map(StackLines::text).collect(Collectors.joining(" < "));
    }

    private static String text(StackTraceElement frame) {
        String position = frame.getFileName() == null
                ? ""
                : frame.getFileName() + (frame.getLineNumber() > 0 ? ":" + frame.getLineNumber() : "");
        return frame.getClassName() + "." + frame.getMethodName() + "(" + position + ")";
    }

    /** Returns whether a line of a log is a piece of a stack trace; false for a handler's line. */
    public static boolean is(LogLine line) {
        return line.text().startsWith(MARK);
    }
}
