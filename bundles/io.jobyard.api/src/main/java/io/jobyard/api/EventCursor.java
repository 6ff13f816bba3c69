// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

/**
 * The place of an event among all events that a store holds. Its text is all that a follower keeps; what it is made of is the
 * store's own business and may change. Two events never have the same one. Immutable.
 */
public final class EventCursor {

    /** Before the first event that is kept. */
    public static final EventCursor START = new EventCursor("start");

    private static final int LONGEST = 1_000;

    private final String text;

    private EventCursor(String text) {
        this.text = text;
    }

    /**
     * Takes the text that {@link #toString()} gave. Whether it leads to a place is seen when events are asked for.
     *
     * @throws ValidationException if no cursor has such a text
     */
    public static EventCursor of(String text) {
        boolean visible = text.chars().allMatch(unit -> unit >= '!' && unit <= '~');
        if (!visible || text.isEmpty() || text.length() > LONGEST) {
            throw new ValidationException("'" + text + "' is no cursor; use one that an event had, such as 12-345-1");
        }
        return new EventCursor(text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EventCursor cursor && text.equals(cursor.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** Returns the text to store: 1 to 1,000 visible ASCII characters. */
    @Override
    public String toString() {
        return text;
    }
}
