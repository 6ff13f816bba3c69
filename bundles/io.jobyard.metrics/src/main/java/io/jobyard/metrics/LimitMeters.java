// SPDX-License-Identifier: Apache-2.0
package io.jobyard.metrics;

import io.jobyard.api.LimitStatus;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The configured limits as last read. One thread updates them; others read them. */
final class LimitMeters {

    static final String LEVEL = JobMeters.PREFIX + "limit.level";
    static final String RUNNING = JobMeters.PREFIX + "limit.running";

    private final MultiGauge level;
    private final MultiGauge running;
    private volatile Map<Tags, Double> latest = Map.of();

    LimitMeters(MeterRegistry registry) {
        level = MultiGauge.builder(LEVEL).register(registry);
        running = MultiGauge.builder(RUNNING).register(registry);
    }

    /** Updates the limits. Skips limits that are not configured, because submitters can name any number of them. */
    void look(List<LimitStatus> limits) {
        Map<Tags, Double> now = new HashMap<>();
        List<Row<?>> levels = new ArrayList<>();
        List<Row<?>> runs = new ArrayList<>();
        for (LimitStatus limit : limits) {
            Tags name = Tags.of("limit", limit.name());
            if (limit.runningMax() != null || !limit.rates().isEmpty()) {
                runs.add(row(name, limit.jobs().running(), now));
            }
            for (LimitStatus.RateStatus rate : limit.rates()) {
                levels.add(row(name.and("unit", rate.unit()), rate.remaining(), now));
            }
        }
        latest = now;
        level.register(levels);
        running.register(runs);
    }

    private Row<?> row(Tags tags, double value, Map<Tags, Double> now) {
        now.put(tags, value);
        return Row.of(tags, () -> latest.getOrDefault(tags, Double.NaN));
    }
}
