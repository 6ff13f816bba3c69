// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit;

import io.jobyard.api.CursorExpiredException;
import io.jobyard.api.EventCursor;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobEvent;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.feed.FeedSize;
import io.jobyard.spi.jobs.Routing;
import io.jobyard.spi.jobs.StoredJob;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Changes of all jobs in their order, all with the same assumed size. */
final class EventLog {

    private static final Pattern CURSOR = Pattern.compile("event-(\\d{1,18})");
    private static final int SLICE = 2;

    private final NavigableMap<Long, JobEvent> events = new TreeMap<>();
    private volatile @Nullable Routing routing;
    private long last;
    private long cut;

    void ask(Routing who) {
        routing = who;
    }

    JobEvent add(StoredJob after, HistoryEvent change) {
        EventCursor cursor = cursor(++last);
        JobEvent event =
                new JobEvent(cursor, after.id(), after.job().type(), after.job().submitter(), queue(after), change);
        events.put(last, event);
        return event;
    }

    private @Nullable String queue(StoredJob job) {
        Routing now = routing;
        return job.queue() != null || now == null
                ? job.queue()
                : now.route(job.job().type());
    }

    List<JobEvent> after(EventCursor cursor, int limit) {
        long position = cursor.equals(EventCursor.START) ? cut : position(cursor.toString());
        return events.tailMap(position, false).values().stream().limit(limit).toList();
    }

    private long position(String text) {
        Matcher matcher = CURSOR.matcher(text);
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) > last) {
            throw new ValidationException("'" + text + "' is not a cursor of this store; use the cursor of an event");
        }
        long position = Long.parseLong(matcher.group(1));
        if (position < cut) {
            throw new CursorExpiredException("events after " + text + " are no longer kept");
        }
        return position;
    }

    EventCursor newest() {
        return last == 0 ? EventCursor.START : cursor(last);
    }

    private static EventCursor cursor(long position) {
        return EventCursor.of("event-" + position);
    }

    /** Returns whether more events must be removed. */
    boolean cut(Instant before, long mostBytes) {
        for (int n = 0; n < SLICE && isTooMuch(before, mostBytes); n++) {
            cut = events.pollFirstEntry().getKey();
        }
        return isTooMuch(before, mostBytes);
    }

    private boolean isTooMuch(Instant before, long mostBytes) {
        return events.size() > 1
                && (events.size() > mostBytes
                        || events.firstEntry().getValue().change().at().isBefore(before));
    }

    FeedSize size() {
        return new FeedSize(
                events.size(),
                events.isEmpty()
                        ? null
                        : events.firstEntry().getValue().change().at());
    }
}
