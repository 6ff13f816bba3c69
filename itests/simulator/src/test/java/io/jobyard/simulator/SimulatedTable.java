// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows by key: as they are committed, for all; and as a transaction has them that has written some, for it alone. */
final class SimulatedTable<K, V> {

    private final Map<K, V> committed = new LinkedHashMap<>();
    private final Map<OpenTransaction, Map<K, Optional<V>>> written = new LinkedHashMap<>();

    @Nullable
    V get(K key) {
        return committed.get(key);
    }

    Map<K, V> rows() {
        return Collections.unmodifiableMap(committed);
    }

    @Nullable
    V get(OpenTransaction by, K key) {
        Optional<V> own = written.getOrDefault(by, Map.of()).get(key);
        return own == null ? committed.get(key) : own.orElse(null);
    }

    Map<K, V> rows(OpenTransaction by) {
        Map<K, Optional<V>> own = written.get(by);
        if (own == null) {
            return rows();
        }
        Map<K, V> all = new LinkedHashMap<>(committed);
        own.forEach((key, value) -> merge(all, key, value));
        return all;
    }

    /** What is written and not committed, by anybody: nobody may see that. */
    Map<K, V> uncommitted() {
        Map<K, V> all = new LinkedHashMap<>();
        written.values().forEach(own -> own.forEach((key, value) -> value.ifPresent(row -> all.put(key, row))));
        return all;
    }

    void put(OpenTransaction by, K key, V value) {
        own(by).put(key, Optional.of(value));
    }

    void remove(OpenTransaction by, K key) {
        own(by).put(key, Optional.empty());
    }

    private Map<K, Optional<V>> own(OpenTransaction by) {
        return written.computeIfAbsent(by, any -> new LinkedHashMap<>());
    }

    void commit(OpenTransaction by) {
        Map<K, Optional<V>> own = written.remove(by);
        if (own != null) {
            own.forEach((key, value) -> merge(committed, key, value));
        }
    }

    void rollBack(OpenTransaction by) {
        written.remove(by);
    }

    private static <K, V> void merge(Map<K, V> rows, K key, Optional<V> value) {
        if (value.isPresent()) {
            rows.put(key, value.get());
        } else {
            rows.remove(key);
        }
    }
}
