// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.EventCursor;
import io.jobyard.api.JobId;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.access.Caller;
import io.jobyard.views.api.PulseView;
import io.jobyard.views.api.StatisticsView.StatisticsNumbers;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Updates for screens, at most twice a second: the ids of changed jobs, and the statistics. */
final class PulseSource implements LiveSource {

    private static final int MOST_JOBS = 200;
    private static final long PAUSE_NANOS = 450_000_000; // polled twice a second, sometimes a little late

    private final RestHost host;
    private final Caller caller;
    private final EventRing ring;
    private long number;
    private long toldNanos;
    private boolean begun;

    PulseSource(RestHost host, Caller caller) {
        this.host = host;
        this.caller = caller;
        ring = host.streams.ring;
        ring.readOn();
        number = ring.end();
    }

    @Override
    public boolean polls() {
        return true;
    }

    @Override
    public byte @Nullable [] next() {
        host.access.require(caller, AccessRule.OVERVIEW);
        long now = System.nanoTime();
        if (begun && (now - toldNanos < PAUSE_NANOS || ring.end() == number)) {
            return null;
        }
        boolean all = host.access.allows(caller, AccessRule.VIEW, false);
        List<EventRing.RingEntry> entries = ring.from(number, EventRing.CAPACITY);
        boolean more = entries == null;
        Set<JobId> jobs = new LinkedHashSet<>();
        EventCursor last = null;
        for (EventRing.RingEntry entry : entries == null ? List.<EventRing.RingEntry>of() : entries) {
            last = entry.event().cursor();
            if (all || entry.event().submitter().equals(caller.name())) {
                jobs.add(entry.event().job());
            }
        }
        number = entries == null ? ring.end() : number + entries.size();
        begun = true;
        toldNanos = now;
        List<JobId> told = jobs.stream().limit(MOST_JOBS).toList();
        PulseView.Pulse pulse =
                new PulseView.Pulse(told, more || jobs.size() > MOST_JOBS, StatisticsNumbers.of(host.status(caller)));
        return SseText.event(last == null ? null : last.toString(), "pulse", PulseView.PULSE.json(pulse));
    }
}
