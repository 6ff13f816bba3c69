// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.access.InventoryItem.Key;
import io.jobyard.access.InventoryItem.Kind;
import io.jobyard.api.spi.AuditEntry;
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
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells the audit how what is in the host differs from what it told last. Whoever sees a change only leaves it here; the
 * audit is told on one thread, and the inventory follows once the audit has it, so nothing is lost while the store is away.
 */
final class HostChangeRecorder {

    private static final int WAITING = 1_000;

    private record Seen(Key key, Supplier<Optional<InventoryItem>> now) {}

    private final Inventory inventory;
    private final Map<Kind, Supplier<List<InventoryItem>>> sources;
    private final Consumer<AuditEntry> audit;
    private final Clock clock;
    private final Executor thread;
    private final Queue<Seen> seen = new ArrayBlockingQueue<>(WAITING);
    private final Set<Kind> toLookAt = ConcurrentHashMap.newKeySet();
    /** Of which nothing was known: what is there of them is taken as it is. */
    private final Set<Kind> unknown = new HashSet<>();

    /**
     * Tells on that thread, by tasks that run {@link #tell}.
     *
     * @param sources all that there is of a kind
     * @param audit returns when it has the entry
     */
    HostChangeRecorder(
            Inventory inventory,
            Map<Kind, Supplier<List<InventoryItem>>> sources,
            Consumer<AuditEntry> audit,
            Clock clock,
            Executor thread) {
        this.inventory = inventory;
        this.sources = sources;
        this.audit = audit;
        this.clock = clock;
        this.thread = thread;
        if (inventory.isFirst()) {
            unknown.addAll(Set.of(Kind.values()));
        }
    }

    /** Something has come, changed, or gone; what it is now is asked on the telling thread. Never waits. */
    void seen(Key key, Supplier<Optional<InventoryItem>> now) {
        if (!seen.offer(new Seen(key, now))) {
            toLookAt.add(key.kind()); // too many at a time: what they came to is told
        }
        thread.execute(this::tell);
    }

    /** All of some kinds may differ. Never waits. */
    void lookAt(Set<Kind> kinds) {
        toLookAt.addAll(kinds);
        thread.execute(this::tell);
    }

    /** Throws if the audit does not take it; then it is told the next time. */
    private void tell() {
        try {
            for (Seen next = seen.peek(); next != null; next = seen.peek()) {
                tell(next.key(), next.now().get().orElse(null), false);
                seen.remove();
            }
            for (Kind kind : List.copyOf(toLookAt)) {
                toLookAt.remove(kind);
                tellAll(kind);
            }
        } finally {
            inventory.keep();
        }
    }

    private void tellAll(Kind kind) {
        try {
            Map<Key, InventoryItem> there = new HashMap<>();
            List<Key> keys = new ArrayList<>();
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

    private void tell(Key key, @Nullable InventoryItem after, boolean isTaken) {
        InventoryItem before = inventory.get(key);
        Optional<AuditEntry> entry = new ChangeEntry(before, after).entry(clock.instant());
        if (entry.isPresent() && !(isTaken && after != null && isTakenAsItIs(after))) {
            audit.accept(entry.get());
        }
        if (entry.isPresent() || after == null || before == null || !after.who().equals(InventoryItem.UNKNOWN)) {
            inventory.put(key, after);
        }
    }

    /** Of what is there at the very first start only what people bring by files of their own is told. */
    private static boolean isTakenAsItIs(InventoryItem each) {
        return switch (each.kind()) {
            case PROGRAM, FILE -> true;
            case BUNDLE -> FileDetails.file(each.id()).isEmpty();
            case CONFIGURATION -> false;
        };
    }
}
