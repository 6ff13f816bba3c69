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

    static final String RUNNING_MAX = JobMeters.PREFIX + "limit.running.max";

    private final MultiGauge level;
    private final MultiGauge running;
    private final MultiGauge runningMax;
    private volatile Map<Tags, Double> latest = Map.of();
    private volatile Map<Tags, Double> latestMax = Map.of();

    LimitMeters(MeterRegistry registry) {
        level = MultiGauge.builder(LEVEL).register(registry);
        running = MultiGauge.builder(RUNNING).register(registry);
        runningMax = MultiGauge.builder(RUNNING_MAX).register(registry);
    }

    /** Updates the limits. Skips limits that are not configured, because submitters can name any number of them. */
    void look(List<LimitStatus> limits) {
        Map<Tags, Double> now = new HashMap<>();
        Map<Tags, Double> maxima = new HashMap<>();
        List<Row<?>> levels = new ArrayList<>();
        List<Row<?>> runs = new ArrayList<>();
        for (LimitStatus limit : limits) {
            Tags name = Tags.of("limit", limit.name());
            if (limit.runningMax() != null || !limit.rates().isEmpty()) {
                runs.add(row(name, limit.jobs().running(), now));
            }
            if (limit.runningMax() != null) {
                maxima.put(name, limit.runningMax().doubleValue());
            }
            for (LimitStatus.RateStatus rate : limit.rates()) {
                levels.add(row(name.and("unit", rate.unit()), rate.remaining(), now));
            }
        }
        latest = now;
        latestMax = maxima;
        level.register(levels);
        running.register(runs);
        runningMax.register(maxima.keySet().stream()
                .map(tags -> Row.of(tags, () -> latestMax.getOrDefault(tags, Double.NaN)))
                .toList());
    }

    private Row<?> row(Tags tags, double value, Map<Tags, Double> now) {
        now.put(tags, value);
        return Row.of(tags, () -> latest.getOrDefault(tags, Double.NaN));
    }
}
