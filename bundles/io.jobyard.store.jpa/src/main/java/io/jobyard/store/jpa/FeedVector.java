// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.EventCursor;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How far somebody has read the feed: a place in the rows of each life of a host that he has not read to its end. Lives that are not
 * named are read as a whole if a later one is named, and else not at all: they are numbered as they begin. As text the places, such
 * as {@code 12-345-1} or, where several hosts share the database, {@code 12-345-1,14-7-2}.
 */
final class FeedVector {

    private static final String BETWEEN = ",";

    private final SortedMap<Integer, FeedPlace> places;

    private FeedVector(SortedMap<Integer, FeedPlace> places) {
        this.places = places;
    }

    static FeedVector start() {
        return new FeedVector(new TreeMap<>());
    }

    static FeedVector of(Collection<FeedPlace> places) {
        FeedVector vector = start();
        places.forEach(vector::read);
        return vector;
    }

    /** Empty if that is no cursor. */
    static Optional<FeedVector> of(EventCursor cursor) {
        FeedVector vector = start();
        for (String part : cursor.toString().split(BETWEEN, -1)) {
            Optional<FeedPlace> place = FeedPlace.of(EventCursor.of(part.isEmpty() ? "-" : part));
            if (place.isEmpty()) {
                return Optional.empty();
            }
            if (!place.get().equals(FeedPlace.START)) {
                vector.read(place.get());
            }
        }
        return Optional.of(vector);
    }

    /** Up to there, with it. */
    void read(FeedPlace place) {
        places.put(place.incarnation(), place);
    }

    /** Names those that may still be read on, and the last one. */
    void keep(Collection<Integer> lives) {
        if (!places.isEmpty()) {
            int last = places.lastKey();
            places.keySet().removeIf(life -> life != last && !lives.contains(life));
            lives.stream()
                    .filter(life -> life < last)
                    .forEach(life -> places.putIfAbsent(life, new FeedPlace(life, 0, 0)));
        }
    }

    boolean isEmpty() {
        return places.isEmpty();
    }

    SortedMap<Integer, FeedPlace> places() {
        return Collections.unmodifiableSortedMap(places);
    }

    /** Whether there is nothing to be read of a life. */
    boolean isPast(int life) {
        return !places.isEmpty() && !places.containsKey(life) && life < places.lastKey();
    }

    /** How far a life is read that is not past. */
    FeedPlace of(int life) {
        return places.getOrDefault(life, new FeedPlace(life, 0, 0));
    }

    FeedVector copy() {
        return new FeedVector(new TreeMap<>(places));
    }

    EventCursor cursor() {
        return places.isEmpty()
                ? EventCursor.START
                : EventCursor.of(places.values().stream()
                        .map(place -> place.cursor().toString())
                        .collect(Collectors.joining(BETWEEN)));
    }
}
