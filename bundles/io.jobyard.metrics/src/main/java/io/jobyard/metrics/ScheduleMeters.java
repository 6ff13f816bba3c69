// SPDX-License-Identifier: Apache-2.0
package io.jobyard.metrics;

import io.jobyard.api.ScheduleEvent;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashSet;
import java.util.Set;

/** Counters and timers of schedule events. */
final class ScheduleMeters {

    static final String TIMES = JobMeters.PREFIX + "schedule.times";
    static final String LATE = JobMeters.PREFIX + "schedule.late";

    private final MeterRegistry registry;
    private final Set<String> known = new HashSet<>();

    ScheduleMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    synchronized void seen(ScheduleEvent event) {
        String schedule = event.fire().schedule();
        boolean isNamed = known.contains(schedule) || known.size() < JobMeters.KINDS && known.add(schedule);
        String name = isNamed ? schedule : JobMeters.OTHER;
        registry.counter(TIMES, "schedule", name, "outcome", event.kind().text())
                .increment(event.times());
        if (event.kind() == ScheduleEvent.ScheduleOutcome.FIRED) {
            registry.timer(LATE, "schedule", name).record(event.late());
        }
    }
}
