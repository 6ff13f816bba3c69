// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.Job;
import io.jobyard.spi.limits.Quota;
import io.jobyard.spi.limits.Quotas;
import io.jobyard.spi.limits.Rate;
import io.jobyard.spi.limits.Unit;
import io.jobyard.spi.text.Spelling;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Snapshot of the configured queues and limits. Another snapshot is another object.
 *
 * @param queues by name, in the order in which a type is offered to them
 * @param limits by name
 * @param shares what a share lets start, by its name
 * @param keys where jobs have the values that a limit counts apart, by its name
 * @param defined which of them were made while a host ran
 * @param builtIn which of them a bundle brought, and nobody has configured
 */
record LimitCatalog(
        Map<String, NamedQueueSettings> queues,
        Map<String, LimitSettings> limits,
        Quotas quotas,
        Map<String, LimitSettings> shares,
        Map<String, String> keys,
        LimitNames defined,
        LimitNames builtIn) {

    /** Names of queues and limits. */
    record LimitNames(Set<String> queues, Set<String> limits) {

        static final LimitNames NONE = new LimitNames(Set.of(), Set.of());
    }

    private static final String FILE = "file";
    private static final String STORED = "stored";

    static final LimitCatalog EMPTY = new LimitCatalog(Map.of(), Map.of());

    LimitCatalog(Map<String, NamedQueueSettings> queues, Map<String, LimitSettings> limits) {
        this(queues, limits, Quotas.NONE);
    }

    LimitCatalog(Map<String, NamedQueueSettings> queues, Map<String, LimitSettings> limits, Quotas quotas) {
        this(queues, limits, quotas, LimitNames.NONE, LimitNames.NONE);
    }

    LimitCatalog(
            Map<String, NamedQueueSettings> queues,
            Map<String, LimitSettings> limits,
            Quotas quotas,
            LimitNames defined,
            LimitNames builtIn) {
        this(queues, limits, quotas, shares(quotas), keys(limits), defined, builtIn);
    }

    LimitCatalog {
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

    /** Origin of a queue's definition; null if it has none. */
    @Nullable
    String sourceOfQueue(String name) {
        return builtIn.queues().contains(name) ? null : source(name, queues.keySet(), defined.queues());
    }

    /** Origin of a limit's definition; null if it has none. */
    @Nullable
    String sourceOfLimit(String name) {
        return builtIn.limits().contains(name) ? null : source(name, limits.keySet(), defined.limits());
    }

    private static @Nullable String source(String name, Set<String> all, Set<String> stored) {
        return stored.contains(name) ? STORED : all.contains(name) ? FILE : null;
    }

    LimitSettings share(String name) {
        return shares.getOrDefault(name, LimitSettings.UNBOUNDED);
    }

    /** Whether a limit counts values apart. */
    boolean hasValues(String name) {
        return keys.containsKey(name);
    }

    LimitSettings limit(String name) {
        LimitSettings settings = limits.get(name);
        return settings != null
                ? settings
                : LimitSettings.shut("missing configuration " + LimitSettings.FACTORY + "-" + name
                        + Spelling.hint(name, limits.keySet()));
    }

    private static Map<String, String> keys(Map<String, LimitSettings> limits) {
        Map<String, String> keys = new HashMap<>();
        limits.forEach((name, limit) -> {
            if (limit.key() != null) {
                keys.put(name, limit.key());
            }
        });
        return Map.copyOf(keys);
    }

    /** Start limits of quotas, by the names of the shares; a share without a limit is omitted. */
    private static Map<String, LimitSettings> shares(Quotas quotas) {
        Map<String, LimitSettings> all = new HashMap<>();
        quotas.bySubmitter()
                .values()
                .forEach(shares -> shares.forEach(share -> {
                    LimitSettings settings = starts(share.quota());
                    if (!settings.equals(LimitSettings.UNBOUNDED)) {
                        all.put(share.name(), settings);
                    }
                }));
        return Map.copyOf(all);
    }

    private static LimitSettings starts(Quota quota) {
        Map<String, Rate> rates = new TreeMap<>(quota.budgets());
        if (quota.rate() != null) {
            rates.put(Unit.STARTS, quota.rate());
        }
        return new LimitSettings(quota.runningMax(), rates, null);
    }
}
