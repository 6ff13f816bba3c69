// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.text;

import io.jobyard.api.LogLine;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Stack traces of a job's failed runs. They are lines of the job's log, so that they are stored before the outcome and removed with the
 * job; a handler's line never begins like one of them.
 */
public final class StackLines {

    private static final String MARK = "\t";

    private StackLines() {}

    /** Creates the log line for a piece of the stack trace of a run that failed: some whole lines of at most 1,900 characters. */
    public static LogLine of(Instant at, int run, String piece) {
        return new LogLine(at, run, MARK + piece);
    }

    /** Changes a handler's line so that it is not taken for one: blanks replace a tab at its beginning. */
    public static String asNone(String text) {
        return text.startsWith(MARK) ? "    " + text.substring(MARK.length()) : text;
    }

    /** Returns a job's log without the stack traces. */
    public static List<LogLine> without(List<LogLine> log) {
        return log.stream().filter(line -> !is(line)).toList();
    }

    /** Returns the stack traces in a log, whose oldest line is first, by the run's number: a text of several lines each. */
    public static Map<Integer, String> byRun(List<LogLine> log) {
        Map<Integer, String> stacks = new TreeMap<>();
        log.stream()
                .filter(StackLines::is)
                .forEach(line -> stacks.merge(
                        line.run(), line.text().substring(MARK.length()), (before, more) -> before + "\n" + more));
        return stacks;
    }

    /** Whether a line of a log is a piece of a stack trace; false for a handler's line. */
    public static boolean is(LogLine line) {
        return line.text().startsWith(MARK);
    }
}
