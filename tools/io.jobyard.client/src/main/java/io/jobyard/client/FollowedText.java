// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.client.EventLines.Event;
import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What comes of one job, until it has ended: pieces of its stream, or lines of its log. */
final class FollowedText<T> implements Iterator<T> {

    private final EventFollower follower;
    private final String kind;
    private final Function<JsonNode, T> read;
    private final @Nullable Comparator<T> order;
    private @Nullable T ahead;
    private @Nullable T last;
    private boolean skips;
    private boolean over;

    /** With an order, a new connection begins with what was told already. */
    FollowedText(EventFollower follower, String kind, Function<JsonNode, T> read, @Nullable Comparator<T> order) {
        this.follower = follower;
        this.kind = kind;
        this.read = read;
        this.order = order;
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
        if (event.name().equals(EventFollower.OPENED)) {
            skips = order != null && last != null;
        } else if (event.name().equals("end")) {
            over = true;
            follower.close();
        } else if (event.name().equals(kind)) {
            T one = read.apply(event.data());
            if (!skips || isBehind(one)) {
                skips = false;
                ahead = one;
            } else {
                skips = !one.equals(last);
            }
        }
    }

    /** The last one may be gone from the beginning. */
    private boolean isBehind(T one) {
        return order != null && order.compare(one, last) > 0;
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        T one = ahead;
        last = one;
        ahead = null;
        return one;
    }
}
