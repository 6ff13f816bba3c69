// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.EventCursor;

/** Numbers the rows of the history. A number that was not committed is not given again. For the committer's thread. */
final class EventNumbers {

    private static final int SEQUENCE_BITS = 40;
    private static final long SEQUENCE = (1L << SEQUENCE_BITS) - 1;

    private final int incarnation;
    private long last;

    EventNumbers(int incarnation) {
        this.incarnation = incarnation;
    }

    EventCursor next() {
        return new EventCursor(incarnation, ++last);
    }

    static long number(EventCursor cursor) {
        return ((long) cursor.incarnation() << SEQUENCE_BITS) + Math.min(cursor.sequence(), SEQUENCE);
    }

    static EventCursor cursor(long number) {
        return new EventCursor((int) (number >>> SEQUENCE_BITS), number & SEQUENCE);
    }
}
