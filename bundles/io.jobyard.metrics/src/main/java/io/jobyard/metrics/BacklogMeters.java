// SPDX-License-Identifier: Apache-2.0
package io.jobyard.metrics;

import io.jobyard.api.BacklogEvent;
import io.micrometer.core.instrument.MeterRegistry;

/** Counters of backlog alerts raised and ended. */
final class BacklogMeters {

    static final String GUARD = JobMeters.PREFIX + "backlog.alerts";
    /** Stands for all queues; no queue can have this name. */
    static final String ALL_QUEUES = "(all)";

    private final MeterRegistry registry;

    BacklogMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void seen(BacklogEvent event) {
        String queue = event.queue() == null ? ALL_QUEUES : event.queue();
        registry.counter(
                        GUARD,
                        "queue",
                        queue,
                        "measure",
                        event.measure().text(),
                        "outcome",
                        event.kind().text())
                .increment();
    }
}
