// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Collects the types that are configured, each a component. */
final class TypeRegistry {

    private final Map<ConfiguredType, Runnable> types = new ConcurrentHashMap<>();
    private volatile Map<String, TypePin> pins = Map.of();
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
    TypePin pin(String type) {
        return pins.get(type);
    }

    /** Hears of each change from now on, on the thread that brings it; instead of the one before. */
    void onChange(Runnable next) {
        listener = next;
    }

    private synchronized void renew() {
        pins = types.keySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        type -> type.name().shown(), ConfiguredType::current, (one, other) -> one));
        listener.run();
    }
}
