// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.EventCursor;
import io.jobyard.api.JobEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.JobNotFoundException;
import io.jobyard.api.StatusReporter;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.access.Caller;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Changes of jobs for one client: changes of all jobs, or only of its own jobs if its roles do not allow it to see others. */
final class EventSource implements LiveSource {

    private static final int SOME = 64;
    private static final int PAGE = 500;
    private static final long BY_FEED = -1;

    private final EventRing ring;
    private final Access access;
    private final Caller caller;
    private final EventFilter filter;
    private final Function<JobId, Map<String, String>> labelsOf;
    private EventCursor cursor;
    private long number = BY_FEED;

    EventSource(RestHost host, Caller caller, EventFilter filter, EventCursor cursor) {
        this.ring = host.streams.ring;
        this.access = host.access;
        this.filter = filter;
        labelsOf = id -> labels(host.status(caller), id);
        this.caller = caller;
        this.cursor = cursor;
    }

    @Override
    public boolean follows() {
        return true;
    }

    @Override
    public byte @Nullable [] next() {
        boolean all = access.allows(caller, AccessRule.VIEW, false);
        if (!all) {
            access.require(caller, AccessRule.VIEW);
        }
        while (true) {
            List<EventRing.RingEntry> some = some();
            if (some.isEmpty()) {
                return null;
            }
            cursor = some.get(some.size() - 1).event().cursor();
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            List<EventRing.RingEntry> seen =
                    some.stream().filter(entry -> all || isOwn(entry.event())).toList();
            filter.of(seen, labelsOf).forEach(entry -> text.writeBytes(entry.text()));
            if (text.size() > 0) {
                return text.toByteArray();
            }
        }
    }

    /** Returns the current labels of a job; empty if the job was removed. */
    private static Map<String, String> labels(StatusReporter status, JobId id) {
        try {
            return status.status(id).terms().identity().labels();
        } catch (JobNotFoundException e) {
            return Map.of();
        }
    }

    private boolean isOwn(JobEvent event) {
        return event.submitter().equals(caller.name());
    }

    private List<EventRing.RingEntry> some() {
        if (number == BY_FEED) {
            OptionalLong found = ring.after(cursor);
            number = found.isPresent() ? found.getAsLong() : BY_FEED;
        }
        List<EventRing.RingEntry> some = number == BY_FEED ? null : ring.from(number, SOME);
        if (some == null) {
            number = BY_FEED;
            return ring.feed.events(cursor, PAGE).stream()
                    .map(EventRing.RingEntry::of)
                    .toList();
        }
        number += some.size();
        return some;
    }
}
