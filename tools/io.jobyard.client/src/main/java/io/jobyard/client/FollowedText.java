// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.client.EventLines.Event;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Output of one job until its end: pieces of its stream, or lines of its log. */
final class FollowedText<T> implements Iterator<T> {

    /** Name of the last event of a job's output. */
    static final String END = "end";

    private final EventFollower follower;
    private final String kind;
    private final Function<JsonNode, T> read;
    private @Nullable T ahead;
    private boolean over;

    private FollowedText(EventFollower follower, String kind, Function<JsonNode, T> read) {
        this.follower = follower;
        this.kind = kind;
        this.read = read;
    }

    /** Returns the output of a job as a stream, whose close ends the connection. */
    static <T> Stream<T> of(HttpCalls calls, String path, String kind, Function<JsonNode, T> read) {
        EventFollower follower = new EventFollower(calls, path, null);
        return stream(new FollowedText<>(follower, kind, read)).onClose(follower::close);
    }

    static <T> Stream<T> stream(Iterator<T> all) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(all, Spliterator.ORDERED), false);
    }

    @Override
    public boolean hasNext() {
        while (ahead == null && !over) {
            Event event = follower.next(System.nanoTime() + TimeUnit.HOURS.toNanos(1));
            if (event != null) {
                take(event);
            }
        }
        return ahead != null;
    }

    private void take(Event event) {
        if (event.name().equals(END)) {
            over = true;
            follower.close();
        } else if (event.name().equals(kind)) {
            ahead = read.apply(event.data());
        }
    }

    @Override
    public T next() {
        T one = hasNext() ? ahead : null;
        if (one == null) {
            throw new NoSuchElementException();
        }
        ahead = null;
        return one;
    }
}
