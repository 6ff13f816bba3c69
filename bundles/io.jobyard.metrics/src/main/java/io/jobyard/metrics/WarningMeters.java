// SPDX-License-Identifier: Apache-2.0
package io.jobyard.metrics;

import io.jobyard.api.LimitEvent;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashSet;
import java.util.Set;

/** Counters of crossed budget warning thresholds. All values of a limit share one counter. */
final class WarningMeters {

    static final String PASSED = JobMeters.PREFIX + "budget.warnings";

    private final MeterRegistry registry;
    private final Set<String> known = new HashSet<>();

    WarningMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    synchronized void passed(LimitEvent event) {
        String all = event.name().split("=", 2)[0];
        boolean isNamed = known.contains(all) || known.size() < JobMeters.KINDS && known.add(all);
        String name = isNamed ? all : JobMeters.OTHER;
        registry.counter(PASSED, "kind", event.kind(), "name", name, "unit", event.unit())
                .increment();
    }
}
