// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.Job;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which queues and limits are configured. A snapshot; another one is another object.
 *
 * @param queues by name, in the order in which a type is offered to them
 * @param limits by name
 */
record Catalogue(Map<String, NamedQueueSettings> queues, Map<String, LimitSettings> limits) {

    static final Catalogue EMPTY = new Catalogue(Map.of(), Map.of());

    Catalogue {
        queues = Collections.unmodifiableMap(new TreeMap<>(queues));
        limits = Collections.unmodifiableMap(new TreeMap<>(limits));
    }

    /** The queue of a type when no queue was asked for; of several the first by name. */
    String route(String type) {
        for (Map.Entry<String, NamedQueueSettings> queue : queues.entrySet()) {
            if (queue.getValue().takes(type)) {
                return queue.getKey();
            }
        }
        return Job.DEFAULT_QUEUE;
    }

    NamedQueueSettings queue(String name) {
        return queues.getOrDefault(name, NamedQueueSettings.NOT_CONFIGURED);
    }

    LimitSettings limit(String name) {
        LimitSettings settings = limits.get(name);
        return settings != null
                ? settings
                : LimitSettings.shut("no configuration " + LimitSettings.FACTORY + "-" + name);
    }
}
