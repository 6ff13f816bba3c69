// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit;

import io.jobyard.api.EventCursor;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.spi.StoredJob;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The changes of all jobs in their order. */
final class EventLog {

    private final NavigableMap<EventCursor, JobEvent> events = new TreeMap<>();
    private int incarnation;
    private long sequence;

    /** A host begins. */
    void begin() {
        incarnation++;
        sequence = 0;
    }

    JobEvent add(StoredJob after, HistoryEvent change) {
        EventCursor cursor = new EventCursor(incarnation, ++sequence);
        JobEvent event =
                new JobEvent(cursor, after.id(), after.job().type(), after.job().submitter(), change);
        events.put(cursor, event);
        return event;
    }

    void forget(JobId job) {
        events.values().removeIf(event -> event.job().equals(job));
    }

    List<JobEvent> after(EventCursor cursor, int limit) {
        return events.tailMap(cursor, false).values().stream().limit(limit).toList();
    }
}
