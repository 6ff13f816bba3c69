// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.feed;

import io.jobyard.api.EventCursor;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Position in the feed, which a cursor contains.
 *
 * @param incarnation number of the incarnation that wrote the row
 * @param number number of the row
 * @param index number of the event in the row, from 1; 0 is before the first event
 */
public record FeedPosition(int incarnation, long number, int index) implements Comparable<FeedPosition> {

    static final FeedPosition START = new FeedPosition(0, 0, 0);

    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})-(\\d{1,18})-(\\d{1,9})");
    private static final Comparator<FeedPosition> ORDER = Comparator.comparingInt(FeedPosition::incarnation)
            .thenComparingLong(FeedPosition::number)
            .thenComparingInt(FeedPosition::index);

    /** Parses a cursor; empty if it is invalid. */
    static Optional<FeedPosition> of(EventCursor cursor) {
        String text = cursor.toString();
        Matcher matcher = TEXT.matcher(text);
        if (matcher.matches()) {
            return Optional.of(new FeedPosition(
                    Integer.parseInt(matcher.group(1)),
                    Long.parseLong(matcher.group(2)),
                    Integer.parseInt(matcher.group(3))));
        }
        return cursor.equals(EventCursor.START) ? Optional.of(START) : Optional.empty();
    }

    public EventCursor cursor() {
        return equals(START) ? EventCursor.START : EventCursor.of(incarnation + "-" + number + "-" + index);
    }

    @Override
    public int compareTo(FeedPosition other) {
        return ORDER.compare(this, other);
    }
}
