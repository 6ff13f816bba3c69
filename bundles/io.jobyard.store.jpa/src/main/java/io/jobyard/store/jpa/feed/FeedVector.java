// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.feed;

import io.jobyard.api.EventCursor;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Position in the feed: one position for each incarnation with unread rows. Incarnations are numbered by start. An incarnation without a
 * position has no unread rows if a later one has a position; otherwise it is read from its beginning. Text form, for example {@code
 * 12-345-1}, or {@code 12-345-1,14-7-2} if several hosts share the database.
 */
public final class FeedVector {

    private static final String BETWEEN = ",";

    private final SortedMap<Integer, FeedPosition> positions;

    private FeedVector(SortedMap<Integer, FeedPosition> positions) {
        this.positions = positions;
    }

    public static FeedVector start() {
        return new FeedVector(new TreeMap<>());
    }

    /** Parses a cursor; empty if it is invalid. */
    public static Optional<FeedVector> of(EventCursor cursor) {
        FeedVector vector = start();
        for (String part : cursor.toString().split(BETWEEN, -1)) {
            Optional<FeedPosition> position = FeedPosition.of(EventCursor.of(part.isEmpty() ? "-" : part));
            if (position.isEmpty()) {
                return Optional.empty();
            }
            if (!position.get().equals(FeedPosition.START)) {
                vector.read(position.get());
            }
        }
        return Optional.of(vector);
    }

    /** Advances to this position. */
    public void read(FeedPosition position) {
        positions.put(position.incarnation(), position);
    }

    /** Removes incarnations that can no longer write, except the last incarnation. */
    public void keep(Collection<Integer> lives) {
        if (!positions.isEmpty()) {
            int last = positions.lastKey();
            positions.keySet().removeIf(life -> life != last && !lives.contains(life));
            lives.stream()
                    .filter(life -> life < last)
                    .forEach(life -> positions.putIfAbsent(life, new FeedPosition(life, 0, 0)));
        }
    }

    public boolean isEmpty() {
        return positions.isEmpty();
    }

    public SortedMap<Integer, FeedPosition> positions() {
        return Collections.unmodifiableSortedMap(positions);
    }

    /** Returns whether an incarnation has no unread rows. */
    boolean isPast(int life) {
        return !positions.isEmpty() && !positions.containsKey(life) && life < positions.lastKey();
    }

    /** Returns the position in an incarnation with unread rows. */
    public FeedPosition of(int life) {
        return positions.getOrDefault(life, new FeedPosition(life, 0, 0));
    }

    public FeedVector copy() {
        return new FeedVector(new TreeMap<>(positions));
    }

    public EventCursor cursor() {
        return positions.isEmpty()
                ? EventCursor.START
                : EventCursor.of(positions.values().stream()
                        .map(position -> position.cursor().toString())
                        .collect(Collectors.joining(BETWEEN)));
    }
}
