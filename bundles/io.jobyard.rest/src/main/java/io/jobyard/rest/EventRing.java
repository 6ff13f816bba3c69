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
 * Ring buffer of the latest events. It reads and serializes each event once for all clients and keeps the order of the feed. Clients
 * remember their position by the number of an event. Thread-safe; the lock is not held while the feed is read.
 */
final class EventRing {

    static final int CAPACITY = 4_096;
    private static final int PAGE = 1_000;

    /** An event, and its serialized text. */
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

    /** Returns the end of the feed, after it has read the new events into the ring. */
    EventCursor newest() {
        readOn();
        return known();
    }

    /** Reads new events from the feed. */
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
                    begin(feed.newest()); // too many events were missed: clients with an older position read the feed
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

    /** Returns the number of the event after a cursor; empty if the ring does not hold that position. */
    synchronized OptionalLong after(EventCursor cursor) {
        Long number = numbers.get(cursor);
        return number == null || number + 1 < first ? OptionalLong.empty() : OptionalLong.of(number + 1);
    }

    /** Returns the number that the next event will get. */
    synchronized long end() {
        return end;
    }

    /** Returns entries from this number, up to the limit; null if the ring no longer holds that number. */
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
