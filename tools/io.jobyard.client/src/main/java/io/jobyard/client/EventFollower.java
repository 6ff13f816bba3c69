// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.jobyard.client.EventLines.Event;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Follows a stream over several connections. After a lost connection, it continues after the last event. For one
 * thread.
 */
final class EventFollower implements AutoCloseable {

    /** Event for a new connection: earlier events without an id may have been missed. */
    static final String OPENED = "opened";

    private final HttpCalls calls;
    private final String path;
    private @Nullable String last;
    private @Nullable EventLines lines;
    private int repeat;
    private long awayNanos = System.nanoTime();

    EventFollower(HttpCalls calls, String path, @Nullable String last) {
        this.calls = calls;
        this.path = path;
        this.last = last;
    }

    /**
     * Returns the next event; null if none arrives in time. Throws an exception if the host has been away for the
     * timeout.
     */
    @Nullable
    Event next(long endNanos) {
        while (true) {
            try {
                if (lines == null) {
                    lines = calls.follow(path, last);
                    return new Event(null, OPENED, MissingNode.getInstance());
                }
                Event event = lines.next(endNanos);
                if (event == null) {
                    return null;
                }
                return taken(event);
            } catch (IOException e) {
                repeat++; // a stream that ends is opened again, but never without a pause
                awayNanos = System.nanoTime();
                close();
            } catch (JobyardClientException e) {
                if (!RepeatedCall.isPassing(e)
                        || System.nanoTime() - awayNanos > calls.timeout().toNanos()) {
                    throw e;
                }
                repeat++;
            }
            long left = endNanos - System.nanoTime();
            if (left <= 0) {
                return null;
            }
            Duration pause = RetryPause.before(repeat - 1, null);
            RetryPause.take(pause.toNanos() < left ? pause : Duration.ofNanos(left));
        }
    }

    private Event taken(Event event) {
        repeat = 0;
        if (event.name().equals("expired") || event.name().equals("problem")) {
            throw RefusedAnswer.of(event.data());
        }
        if (event.id() != null) {
            last = event.id();
        }
        return event;
    }

    @Override
    public void close() {
        EventLines open = lines;
        lines = null;
        if (open != null) {
            open.close();
        }
    }
}
