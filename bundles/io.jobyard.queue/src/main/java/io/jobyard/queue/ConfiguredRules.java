// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.settings.api.Settings;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.limits.LimitDefinition;
import io.jobyard.spi.limits.NamedLimit;
import io.jobyard.spi.queue.QueueRules;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rules from the configuration. Limits of handlers are read from the lanes. */
final class ConfiguredRules implements QueueRules {

    private final Settings<QueueSettings> settings;
    private final LimitCatalogRegistry catalog;
    private final Lanes lanes;

    ConfiguredRules(Settings<QueueSettings> settings, LimitCatalogRegistry catalog, Lanes lanes) {
        this.settings = settings;
        this.catalog = catalog;
        this.lanes = lanes;
    }

    @Override
    public String route(@Nullable String asked, String type) {
        return asked != null ? asked : catalog.current().route(type);
    }

    @Override
    public int priorityLevels() {
        return settings.current().levels();
    }

    @Override
    public int defaultLevel() {
        return settings.current().defaultLevel();
    }

    @Override
    public void requireDefinable(LimitDefinition definition) {
        catalog.requireDefinable(definition);
    }

    @Override
    public @Nullable Integer runningMax(String limit) {
        LimitSettings configured = catalog.current().limits().get(limit);
        return configured == null ? null : configured.runningMax();
    }

    @Override
    public boolean isStrict(String limit) {
        return catalog.current().limit(limit).isStrict();
    }

    @Override
    public @Nullable String oversized(
            String type, @Nullable String handlerVersion, Collection<String> named, Map<String, Double> estimate) {
        LaneKey lane = lane(type, handlerVersion, named);
        List<NamedLimit> asked = NamedLimit.all(lane.limits());
        return lanes.lock.get(() -> {
            lanes.begin();
            return lanes.groups.oversized(lane, asked, Demand.of(estimate));
        });
    }

    @Override
    public Map<String, String> limitKeys() {
        return catalog.current().keys();
    }

    @Override
    public Map<String, String> limitKeys(String type, @Nullable String handlerVersion, Collection<String> named) {
        Map<String, String> ofLane = new HashMap<>(catalog.current().keys());
        if (!ofLane.isEmpty()) {
            LaneKey lane = lane(type, handlerVersion, named);
            ofLane.keySet().retainAll(lanes.lock.get(() -> lanes.groups.named(lane)));
        }
        return ofLane;
    }

    private static LaneKey lane(String type, @Nullable String handlerVersion, Collection<String> named) {
        return new LaneKey(null, 0, "", type, handlerVersion, List.copyOf(named), true, false);
    }
}
