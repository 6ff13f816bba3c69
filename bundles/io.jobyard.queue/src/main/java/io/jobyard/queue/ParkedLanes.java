// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Lanes that the value of a limit blocks. Decisions skip them until the value may be open again, so ten thousand such
 * lanes cost as much as ten. Guarded by the lock of {@link Lanes}.
 */
final class ParkedLanes {

    private record Opening(long at, Allowance value) {}

    private final Map<Allowance, Set<Lane>> byValue = new IdentityHashMap<>();
    /** Values that have changed. */
    private final Set<Allowance> moved = new LinkedHashSet<>();

    private final PriorityQueue<Opening> openings = new PriorityQueue<>((one, other) -> Long.compare(one.at, other.at));

    void clear() {
        byValue.clear();
        moved.clear();
        openings.clear();
    }

    /** Excludes a lane from decisions, unless its values are open now. */
    void park(Lane lane, long now) {
        Demand least = lane.group.leastDemand();
        for (Allowance value : lane.values()) {
            long opens = value.opensAt(least);
            if (opens > now) {
                byValue.computeIfAbsent(value, any -> new LinkedHashSet<>()).add(lane);
                lane.park(value);
                opensAt(value, opens);
                return;
            }
        }
    }

    private void opensAt(Allowance value, long at) {
        if (at < EpochNanos.NEVER) {
            openings.add(new Opening(at, value));
        }
    }

    /** Records that a value has changed. */
    void moved(Allowance value) {
        if (byValue.containsKey(value)) {
            moved.add(value);
        }
    }

    /** Includes lanes in decisions again if their value is open now. */
    void begin(long now) {
        while (!openings.isEmpty() && openings.peek().at <= now) {
            moved(openings.remove().value);
        }
        if (!moved.isEmpty()) {
            moved.forEach(value -> look(value, now));
            moved.clear();
        }
    }

    private void look(Allowance value, long now) {
        long opens = value.opensAt(Demand.LEAST);
        if (opens > now) {
            opensAt(value, opens);
        } else {
            Set<Lane> lanes = byValue.remove(value);
            if (lanes != null) {
                lanes.forEach(Lane::unpark);
            }
        }
    }

    /** Releases a lane that ends, or uses other values. */
    void release(Lane lane) {
        Allowance value = lane.parkedOn();
        if (value != null) {
            Set<Lane> others = Objects.requireNonNull(byValue.get(value));
            others.remove(lane);
            if (others.isEmpty()) {
                byValue.remove(value);
            }
            lane.unpark();
        }
    }

    /** Returns the time at which the first parked lane opens; {@link EpochNanos#NEVER} if it is unknown. */
    long opensNext() {
        return openings.isEmpty() ? EpochNanos.NEVER : openings.peek().at;
    }
}
