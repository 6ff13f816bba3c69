// SPDX-License-Identifier: Apache-2.0
package io.jobyard.metrics;

import io.jobyard.api.GuardEvent;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts how often guards were passed, and that it was over. */
final class GuardMeters {

    static final String GUARD = JobMeters.PREFIX + "guard";
    /** No queue has such a name. */
    static final String ALL_QUEUES = "(all)";

    private final MeterRegistry registry;

    GuardMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void seen(GuardEvent event) {
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
