// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.spi.TypeRules;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Collects the types that are configured, each a component. */
final class TypeRegistry {

    private final Map<ConfiguredType, Runnable> types = new ConcurrentHashMap<>();
    private volatile Map<String, TypeSettings> settings = Map.of();
    private volatile Map<String, TypeRules> rules = Map.of();
    private volatile Runnable listener = () -> {};

    void bind(ConfiguredType type) {
        types.put(type, type.onChange(changed -> renew()));
        renew();
    }

    void unbind(ConfiguredType type) {
        types.remove(type).run();
        renew();
    }

    /** What holds for a type; null if it is not configured. */
    @Nullable
    TypeSettings settings(String type) {
        return settings.get(type);
    }

    /** All that is configured, by type. */
    Map<String, TypeSettings> all() {
        return settings;
    }

    /** What is configured for the jobs of each. */
    Map<String, TypeRules> rules() {
        return rules;
    }

    /** Those of a handler of the type, and those of its configuration. */
    Set<String> limits(String type, Set<String> ofHandler) {
        TypeSettings ofType = settings.get(type);
        if (ofType == null || ofType.limits().isEmpty() || ofHandler.containsAll(ofType.limits())) {
            return ofHandler;
        }
        Set<String> all = new HashSet<>(ofHandler);
        all.addAll(ofType.limits());
        return all;
    }

    /** Hears of each change from now on, on the thread that brings it; instead of the one before. */
    void onChange(Runnable next) {
        listener = next;
    }

    private synchronized void renew() {
        settings = types.keySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        type -> type.name().shown(), ConfiguredType::current, (one, other) -> one));
        rules = settings.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, type -> type.getValue().rules()));
        listener.run();
    }
}
