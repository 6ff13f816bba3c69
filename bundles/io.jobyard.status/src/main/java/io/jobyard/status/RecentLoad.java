// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.Load;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * Numbers of ready and running jobs in the last quarter of an hour: the last values of each five-second step with a
 * change. Not safe for use by several threads.
 */
final class RecentLoad {

    static final Duration LONGEST = Duration.ofMinutes(15);
    static final Duration STEP = Duration.ofSeconds(5);

    private final Deque<Load> known = new ArrayDeque<>();

    /** Sets the current numbers. */
    void is(Instant now, long queued, long running) {
        Instant at = step(now);
        while (!known.isEmpty() && !known.getLast().at().isBefore(at)) {
            known.removeLast(); // the same step, or the clock was set back
        }
        known.addLast(new Load(at, queued, running));
        Instant first = at.minus(LONGEST);
        while (known.size() > 1 && known.getFirst().at().isBefore(first)) {
            Load oldest = known.removeFirst();
            if (known.getFirst().at().isAfter(first)) {
                known.addFirst(oldest); // this value still applies at the beginning
                break;
            }
        }
    }

    /** Returns the values for each step since the first known one. */
    List<Load> until(Instant now) {
        List<Load> all = new ArrayList<>();
        Instant last = step(now);
        Iterator<Load> changes = known.iterator();
        Load next = changes.hasNext() ? changes.next() : null;
        Load current = null;
        Instant at = next == null || next.at().isBefore(last.minus(LONGEST)) ? last.minus(LONGEST) : next.at();
        for (; !at.isAfter(last); at = at.plus(STEP)) {
            while (next != null && !next.at().isAfter(at)) {
                current = next;
                next = changes.hasNext() ? changes.next() : null;
            }
            if (current != null) {
                all.add(new Load(at, current.queued(), current.running()));
            }
        }
        return all;
    }

    private static Instant step(Instant at) {
        return Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), STEP.toSeconds()) * STEP.toSeconds());
    }
}
