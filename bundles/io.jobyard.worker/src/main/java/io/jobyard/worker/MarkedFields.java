// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.spi.handlers.HiddenFields;
import io.jobyard.spi.handlers.TypeRules;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fields that schemas of handlers mark as hidden, by type. They stay hidden until the host stops, because jobs of a handler that left still
 * have their values.
 */
final class MarkedFields {

    private record Merged(
            Map<String, Set<String>> marked, Map<String, TypeRules> configured, Map<String, TypeRules> all) {}

    private volatile Map<String, Set<String>> marked = Map.of();
    private volatile @Nullable Merged latest;

    synchronized void add(String type, Set<String> paths) {
        if (!paths.isEmpty()) {
            Map<String, Set<String>> more = new HashMap<>(marked);
            more.merge(type, paths, TypeRegistry::both);
            marked = Map.copyOf(more);
        }
    }

    /** Returns the configured rules, with the marked fields. */
    Map<String, TypeRules> with(Map<String, TypeRules> configured) {
        Map<String, Set<String>> now = marked;
        if (now.isEmpty()) {
            return configured;
        }
        Merged found = latest;
        if (found == null || found.marked() != now || found.configured() != configured) {
            found = new Merged(now, configured, merged(now, configured));
            latest = found;
        }
        return found.all();
    }

    private static Map<String, TypeRules> merged(Map<String, Set<String>> marked, Map<String, TypeRules> configured) {
        Map<String, TypeRules> all = new HashMap<>(configured);
        marked.forEach((type, paths) -> {
            TypeRules rules = all.getOrDefault(type, TypeRules.NONE);
            Set<String> both = TypeRegistry.both(rules.hidden().paths(), paths);
            all.put(type, rules.withHidden(new HiddenFields(both)));
        });
        return Map.copyOf(all);
    }
}
