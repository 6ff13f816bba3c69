// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.access.InventoryItem.ItemKey;
import io.jobyard.access.InventoryItem.ItemKind;
import io.jobyard.spi.audit.AuditEntry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Records in the audit how the host differs from the inventory. Callers only submit a change; one thread records it, and
 * updates the inventory after the audit has stored the entry. Therefore nothing is lost while the store does not answer.
 */
final class HostChangeRecorder {

    private static final int WAITING = 1_000;

    private record SeenItem(ItemKey key, Supplier<Optional<InventoryItem>> now) {}

    private final Inventory inventory;
    private final Map<ItemKind, Supplier<List<InventoryItem>>> sources;
    private final Consumer<AuditEntry> audit;
    private final Clock clock;
    private final Runnable wake;
    private final Queue<SeenItem> seen = new ArrayBlockingQueue<>(WAITING);
    private final Set<ItemKind> toLookAt = ConcurrentHashMap.newKeySet();
    /** Kinds without an inventory yet, whose current items are not changes. */
    private final Set<ItemKind> unknown = new HashSet<>();

    /**
     * Creates a recorder that works in {@link #record}.
     *
     * @param audit returns when the audit has stored the entry
     * @param wake makes the recording thread call {@link #record} soon
     */
    HostChangeRecorder(
            Inventory inventory,
            Map<ItemKind, Supplier<List<InventoryItem>>> sources,
            Consumer<AuditEntry> audit,
            Clock clock,
            Runnable wake) {
        this.inventory = inventory;
        this.sources = sources;
        this.audit = audit;
        this.clock = clock;
        this.wake = wake;
        if (inventory.isFirst()) {
            unknown.addAll(Set.of(ItemKind.values()));
        }
    }

    /** Submits a change; the recording thread calls {@code now}. Never waits. */
    void seen(ItemKey key, Supplier<Optional<InventoryItem>> now) {
        if (!seen.offer(new SeenItem(key, now))) {
            toLookAt.add(key.kind()); // too many pending changes: only the last state is recorded
        }
        wake.run();
    }

    /** Compares all items of some kinds. Never waits. */
    void lookAt(Set<ItemKind> kinds) {
        toLookAt.addAll(kinds);
        wake.run();
    }

    /** Records the pending changes. Throws if the audit does not store an entry; the next call tries again. */
    void record() {
        try {
            for (SeenItem next = seen.peek(); next != null; next = seen.peek()) {
                tell(next.key(), next.now().get().orElse(null), false);
                seen.remove();
            }
            for (ItemKind kind : List.copyOf(toLookAt)) {
                toLookAt.remove(kind);
                tellAll(kind);
            }
        } finally {
            inventory.keep();
        }
    }

    private void tellAll(ItemKind kind) {
        try {
            Map<ItemKey, InventoryItem> there = new HashMap<>();
            List<ItemKey> keys = new ArrayList<>();
            for (InventoryItem each : Objects.requireNonNull(sources.get(kind)).get()) {
                there.put(each.key(), each);
                keys.add(each.key());
            }
            inventory.keys().stream()
                    .filter(key -> key.kind() == kind && !there.containsKey(key))
                    .forEach(keys::add);
            boolean isTaken = unknown.contains(kind);
            keys.forEach(key -> tell(key, there.get(key), isTaken));
            unknown.remove(kind);
        } catch (RuntimeException e) {
            toLookAt.add(kind);
            throw e;
        }
    }

    private void tell(ItemKey key, @Nullable InventoryItem after, boolean isTaken) {
        InventoryItem before = inventory.get(key);
        Optional<AuditEntry> entry = new ChangeEntry(before, after).entry(clock.instant());
        if (entry.isPresent() && !(isTaken && after != null && isTakenAsItIs(after))) {
            audit.accept(entry.get());
        }
        if (entry.isPresent() || after == null || before == null || !after.who().equals(InventoryItem.UNKNOWN)) {
            inventory.put(key, after);
        }
    }

    /**
     * Returns whether the first start accepts the item without an entry. Then only configurations and bundles from files count as
     * changes.
     */
    private static boolean isTakenAsItIs(InventoryItem each) {
        return switch (each.kind()) {
            case PROGRAM, FILE -> true;
            case BUNDLE -> FileDetails.file(each.id()).isEmpty();
            case CONFIGURATION -> false;
        };
    }
}
