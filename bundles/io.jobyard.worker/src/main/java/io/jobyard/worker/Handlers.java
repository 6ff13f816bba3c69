// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.spi.HandlerInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/** The handlers that are there, the highest version of a type first. Safe for use by several threads. */
final class Handlers {

    private static final Comparator<Handler> HIGHEST_FIRST =
            Comparator.<Handler, Version>comparing(handler -> handler.version).reversed();

    private final Map<String, List<Handler>> byType = new ConcurrentHashMap<>();
    private final List<Runnable> arrivals = new CopyOnWriteArrayList<>();
    private final List<Runnable> departures = new CopyOnWriteArrayList<>();
    private volatile Set<String> held = Set.of();

    void add(Handler handler) {
        byType.compute(handler.type, (type, before) -> {
            List<Handler> now = before == null ? new ArrayList<>() : new ArrayList<>(before);
            now.add(handler);
            now.sort(HIGHEST_FIRST);
            return List.copyOf(now);
        });
        arrivals.forEach(Runnable::run);
    }

    void remove(Handler handler) {
        byType.computeIfPresent(handler.type, (type, before) -> {
            List<Handler> now = new ArrayList<>(before);
            now.remove(handler);
            return now.isEmpty() ? null : List.copyOf(now);
        });
    }

    /** These types take no more runs; all others do. */
    void hold(Set<String> types) {
        if (types.equals(held)) {
            return;
        }
        held = Set.copyOf(types);
        arrivals.forEach(Runnable::run);
    }

    boolean isHeld(String type) {
        return held.contains(type);
    }

    Optional<Handler> find(String type, @Nullable String range) {
        List<Handler> versions = byType.get(type);
        if (versions == null) {
            return Optional.empty();
        }
        if (range == null) {
            return Optional.of(versions.get(0));
        }
        VersionRange accepted = VersionRange.valueOf(range);
        return versions.stream()
                .filter(handler -> accepted.includes(handler.version))
                .findFirst();
    }

    List<HandlerInfo> infos() {
        return byType.values().stream()
                .flatMap(List::stream)
                .map(Handler::info)
                .sorted(Comparator.comparing(HandlerInfo::type))
                .toList();
    }

    /** Hears of each handler that comes, and of types that are held or let go. */
    void onArrival(Runnable listener) {
        arrivals.add(listener);
    }

    /** Hears of each handler that is gone, once its runs are out. */
    void onDeparture(Runnable listener) {
        departures.add(listener);
    }

    void gone() {
        departures.forEach(Runnable::run);
    }

    void forget(Runnable listener) {
        arrivals.remove(listener);
        departures.remove(listener);
    }
}
