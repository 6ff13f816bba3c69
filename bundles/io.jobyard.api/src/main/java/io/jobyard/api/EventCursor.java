// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

/**
 * Position of an event among all events of a store. Followers store its text. The format of the text is internal to the store and may
 * change. Each event has its own cursor. Immutable.
 */
public final class EventCursor {

    /** Position before the first retained event. */
    public static final EventCursor START = new EventCursor("start");

    private static final int LONGEST = 1_000;

    private final String text;

    private EventCursor(String text) {
        this.text = text;
    }

    /**
     * Parses the text from {@link #toString()}. A later request for events checks whether the position exists.
     *
     * @throws ValidationException if the text is not a cursor
     */
    public static EventCursor of(String text) {
        boolean visible = text.chars().allMatch(unit -> unit >= '!' && unit <= '~');
        if (!visible || text.isEmpty() || text.length() > LONGEST) {
            throw new ValidationException(
                    "invalid cursor '" + text + "'; use the cursor of an event, for example 12-345-1");
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
