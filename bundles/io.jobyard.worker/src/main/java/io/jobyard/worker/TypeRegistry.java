// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.Finding;
import io.jobyard.api.Remedy;
import io.jobyard.settings.api.Derived;
import io.jobyard.spi.handlers.TypeRules;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Registry of configured types, each of which is a component. */
final class TypeRegistry {

    private record RulesByType(Map<String, TypeSettings> settings, Map<String, TypeRules> rules) {}

    private final Map<ConfiguredType, Runnable> types = new ConcurrentHashMap<>();
    private final Derived<RulesByType> configured = new Derived<>(this::make);
    private volatile Runnable listener = () -> {};

    void bind(ConfiguredType type) {
        types.put(type, type.onChange(changed -> renew()));
        renew();
    }

    void unbind(ConfiguredType type) {
        Objects.requireNonNull(types.remove(type)).run();
        renew();
    }

    /** Returns the settings of a type; null if it is not configured. */
    @Nullable
    TypeSettings settings(String type) {
        return all().get(type);
    }

    /** Returns all configured settings by type. */
    Map<String, TypeSettings> all() {
        return configured.get().settings();
    }

    /** Returns the configured rules by type. */
    Map<String, TypeRules> rules() {
        return configured.get().rules();
    }

    /** Returns the limits of a handler, and those in its type's configuration. */
    Set<String> limits(String type, Set<String> ofHandler) {
        TypeSettings ofType = all().get(type);
        return ofType == null ? ofHandler : both(ofHandler, ofType.limits());
    }

    static Set<String> both(Set<String> one, Set<String> other) {
        if (one.containsAll(other)) {
            return one;
        }
        Set<String> all = new HashSet<>(one);
        all.addAll(other);
        return all;
    }

    /** Returns a finding for each type whose canary has no available version. */
    List<Finding> lackingCanaries(Predicate<String> lacksCanary) {
        return all().entrySet().stream()
                .filter(type -> type.getValue().canary() != null && lacksCanary.test(type.getKey()))
                .map(type -> new Finding(
                                "type " + type.getKey(),
                                "its canary " + type.getValue().canary()
                                        + " gets no jobs: no handler on this host has such a version",
                                "see the available versions; deploy one, or fix canary in etc/" + TypeSettings.FACTORY
                                        + "-" + type.getKey() + ".cfg")
                        .with(Remedy.RemedyKind.HANDLERS.any()))
                .toList();
    }

    /** Sets the listener for changes, called on the thread of the change; replaces an earlier listener. */
    void onChange(Runnable next) {
        listener = next;
    }

    private void renew() {
        configured.changed();
        listener.run();
    }

    private RulesByType make() {
        Map<String, TypeSettings> settings = types.keySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        type -> type.name().shown(), ConfiguredType::current, (one, other) -> one));
        Map<String, TypeRules> rules = settings.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, type -> type.getValue().rules()));
        return new RulesByType(settings, rules);
    }
}
