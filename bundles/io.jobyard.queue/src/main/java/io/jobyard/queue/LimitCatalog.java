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
 * Snapshot of the configured queues and limits. Each change creates a new object.
 *
 * @param queues queues by name, in the order in which they are matched with a type
 * @param limits limits by name
 * @param shares limits of the starts of each share, by its name
 * @param keys path of the value that a limit counts separately, by the limit's name
 * @param defined names of those that users set while a host ran
 * @param builtIn names of those that come from a bundle and are not configured
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

    /** Returns the queue of a type for jobs that request none. If several match, returns the first by name. */
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

    /** Returns the origin of a queue's definition; null if it has none. */
    @Nullable
    String sourceOfQueue(String name) {
        return builtIn.queues().contains(name) ? null : source(name, queues.keySet(), defined.queues());
    }

    /** Returns the origin of a limit's definition; null if it has none. */
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

    /** Returns whether a limit counts the values of a key separately. */
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

    /** Returns the start limits of quotas, by the names of the shares. A share without a limit is omitted. */
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
