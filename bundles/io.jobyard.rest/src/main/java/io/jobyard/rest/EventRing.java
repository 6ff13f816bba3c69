// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.CursorExpiredException;
import io.jobyard.api.EventCursor;
import io.jobyard.api.JobEvent;
import io.jobyard.spi.feed.FeedStore;
import io.jobyard.views.api.EventView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The latest events of the feed, read from it once for all clients, in its order, and written as text once for all. Each has a number,
 * by which a client remembers how far it is. Safe for use by several threads; the lock is not held while the feed is read.
 */
final class EventRing {

    static final int CAPACITY = 4_096;
    private static final int PAGE = 1_000;

    /** An event, and as it is sent. */
    record RingEntry(JobEvent event, byte[] text) {

        static RingEntry of(JobEvent event) {
            return new RingEntry(
                    event,
                    SseText.event(
                            event.cursor().toString(), event.change().to().text(), EventView.LIVE_EVENT.json(event)));
        }
    }

    final FeedStore feed;
    private final RingEntry[] entries = new RingEntry[CAPACITY];
    private final Map<EventCursor, Long> numbers = new HashMap<>();
    private final Object reading = new Object();
    private @Nullable EventCursor last;
    private long first;
    private long end;

    EventRing(FeedStore feed) {
        this.feed = feed;
    }

    /** Where the feed ends now; the ring goes on from there if it has stood still. */
    EventCursor newest() {
        readOn();
        return known();
    }

    /** Reads what the feed has more. */
    void readOn() {
        synchronized (reading) {
            if (last == null) {
                begin(feed.newest());
                return;
            }
            try {
                List<JobEvent> page;
                int pages = 0;
                do {
                    page = feed.events(known(), PAGE);
                    page.forEach(event -> add(RingEntry.of(event)));
                } while (page.size() == PAGE && ++pages * PAGE < CAPACITY);
                if (page.size() == PAGE) {
                    begin(feed.newest()); // it has stood still for long: who is behind reads the feed
                }
            } catch (CursorExpiredException e) {
                begin(feed.newest());
            }
        }
    }

    private synchronized EventCursor known() {
        return last == null ? EventCursor.START : last;
    }

    private synchronized void begin(EventCursor newest) {
        numbers.clear();
        first = end;
        last = newest;
        numbers.put(newest, end - 1);
    }

    private synchronized void add(RingEntry entry) {
        int position = (int) (end % CAPACITY);
        if (end - first == CAPACITY) {
            numbers.remove(entries[position].event().cursor());
            first++;
        }
        entries[position] = entry;
        last = entry.event().cursor();
        numbers.put(last, end++);
    }

    /** The number of the event behind a cursor, if the ring has that place. */
    synchronized OptionalLong after(EventCursor cursor) {
        Long number = numbers.get(cursor);
        return number == null || number + 1 < first ? OptionalLong.empty() : OptionalLong.of(number + 1);
    }

    /** Where the ring ends. */
    synchronized long end() {
        return end;
    }

    /** Some entries from a number on; null if the ring does not have that one any more. */
    synchronized @Nullable List<RingEntry> from(long number, int limit) {
        if (number < first) {
            return null;
        }
        List<RingEntry> some = new ArrayList<>();
        for (long i = number; i < end && some.size() < limit; i++) {
            some.add(entries[(int) (i % CAPACITY)]);
        }
        return some;
    }
}
