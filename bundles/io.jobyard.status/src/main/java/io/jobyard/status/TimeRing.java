// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Values for the time slots of the recent past in which something happened. Not safe for use by several threads. */
final class TimeRing<T> {

    private record Slot<T>(long number, T value) {}

    private final long slotMillis;
    private final Supplier<T> empty;
    private final List<@Nullable Slot<T>> slots = new ArrayList<>();

    TimeRing(int count, Duration each, Supplier<T> empty) {
        slotMillis = each.toMillis();
        this.empty = empty;
        for (int i = 0; i < count; i++) {
            slots.add(null);
        }
    }

    T at(Instant now) {
        long number = number(now);
        int index = Math.floorMod(number, slots.size());
        Slot<T> slot = slots.get(index);
        if (slot == null || slot.number() != number) {
            slot = new Slot<>(number, empty.get());
            slots.set(index, slot);
        }
        return slot.value();
    }

    /** Passes on the values of the slots within that time. */
    void last(Duration back, Instant now, Consumer<T> consumer) {
        long newest = number(now);
        long oldest = newest - back.toMillis() / slotMillis;
        for (Slot<T> slot : slots) {
            if (slot != null && slot.number() > oldest && slot.number() <= newest) {
                consumer.accept(slot.value());
            }
        }
    }

    private long number(Instant at) {
        return Math.floorDiv(at.toEpochMilli(), slotMillis);
    }
}
