// SPDX-License-Identifier: Apache-2.0
package io.jobyard.webhooks;

import io.jobyard.spi.limits.BuiltInLimits;
import io.jobyard.spi.limits.LimitDefinition;
import io.jobyard.spi.limits.LimitKind;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Component;

/**
 * The queue of deliveries and the limit of each receiver, so that a slow receiver takes neither all workers nor all
 * deliveries.
 */
@Component(immediate = true) // the queue's limit must apply from the start
public final class WebhookLimits implements BuiltInLimits {

    /** The name of the queue and of the limit. */
    static final String NAME = "webhooks";
    /** Label of a delivery that names the receiver. */
    static final String TARGET = "target";

    @Override
    public List<LimitDefinition> definitions() {
        return List.of(
                definition(LimitKind.QUEUE, Map.of("running.max", "50%")),
                definition(
                        LimitKind.LIMIT,
                        Map.of("running.max", "4", "running.max.failing", "1", "key", "label." + TARGET)));
    }

    private static LimitDefinition definition(LimitKind kind, Map<String, String> settings) {
        return new LimitDefinition(kind, NAME, 1, new TreeMap<>(settings));
    }
}
