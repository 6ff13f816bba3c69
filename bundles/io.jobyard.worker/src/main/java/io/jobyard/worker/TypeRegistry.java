// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.settings.api.Derived;
import io.jobyard.spi.handlers.TypeRules;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Collects the types that are configured, each a component. */
final class TypeRegistry {

    private record Configured(Map<String, TypeSettings> settings, Map<String, TypeRules> rules) {}

    private final Map<ConfiguredType, Runnable> types = new ConcurrentHashMap<>();
    private final Derived<Configured> configured = new Derived<>(this::make);
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
        return all().get(type);
    }

    /** All that is configured, by type. */
    Map<String, TypeSettings> all() {
        return configured.get().settings();
    }

    /** What is configured for the jobs of each. */
    Map<String, TypeRules> rules() {
        return configured.get().rules();
    }

    /** Those of a handler of the type, and those of its configuration. */
    Set<String> limits(String type, Set<String> ofHandler) {
        TypeSettings ofType = all().get(type);
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

    private void renew() {
        configured.changed();
        listener.run();
    }

    private Configured make() {
        Map<String, TypeSettings> settings = types.keySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        type -> type.name().shown(), ConfiguredType::current, (one, other) -> one));
        Map<String, TypeRules> rules = settings.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, type -> type.getValue().rules()));
        return new Configured(settings, rules);
    }
}
