// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.LogLine;
import io.jobyard.spi.store.JobStore;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Log lines of a run that are not stored yet. If too many arrive at once, the oldest are dropped. */
final class RunLines {

    private final Deque<LogLine> lines = new ArrayDeque<>();
    private final Runnable added;

    /** @param added called after each new line */
    RunLines(Runnable added) {
        this.added = added;
    }

    void add(LogLine line) {
        synchronized (this) {
            lines.add(line);
            if (lines.size() > JobStore.MAX_LOG_LINES) {
                lines.remove();
            }
        }
        added.run();
    }

    synchronized boolean isEmpty() {
        return lines.isEmpty();
    }

    /** Reports the lines again, if there are any. */
    void raiseIfAny() {
        if (!isEmpty()) {
            added.run();
        }
    }

    /** Returns the lines since the last call. */
    synchronized List<LogLine> take() {
        List<LogLine> taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }
}
