// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The place of an event among all events that a store holds: later events have greater ones, and no two have the same.
 * Numbers may be left out. Its text, such as {@code 12-345}, is what a follower keeps.
 *
 * @param incarnation counts the starts of hosts on the store, from 1
 * @param sequence counts the events since that start, from 1
 */
public record EventCursor(int incarnation, long sequence) implements Comparable<EventCursor> {

    /** Before all events. */
    public static final EventCursor START = new EventCursor(0, 0);

    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})-(\\d{1,18})");
    private static final Comparator<EventCursor> ORDER =
            Comparator.comparingInt(EventCursor::incarnation).thenComparingLong(EventCursor::sequence);

    /**
     * Reads a cursor from the text that {@link #toString()} gave.
     *
     * @param text the text
     * @return the cursor
     * @throws ValidationException if it is none
     */
    public static EventCursor of(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new ValidationException("'" + text + "' is no cursor; use one that an event had, such as 12-345");
        }
        return new EventCursor(Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2)));
    }

    @Override
    public int compareTo(EventCursor other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return incarnation + "-" + sequence;
    }
}
