// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One priority level, where submitters take turns: start-time fair queueing (Goyal, Vin, Cheng, 1996) with every job of
 * weight one. A submitter's next turn is the larger of the level's virtual time and its own last turn plus one, so that
 * one who was away is next, and nobody saves turns up while held by a gate. Guarded by the lock of {@link Lanes}.
 */
final class Level {

    private static final int REMEMBERED = 64;
    private static final long BEFORE_THE_SERVED = Long.MIN_VALUE;

    private final TreeSet<Submitter> order = new TreeSet<>(Comparator.<Submitter>comparingLong(s -> s.turn)
            .thenComparingLong(s -> s.tie)
            .thenComparing(s -> s.name));
    private final Map<String, Submitter> present = new HashMap<>();
    private final Map<String, Long> away = new HashMap<>();
    private long virtual;
    private long ties;

    void add(Lane lane) {
        Submitter submitter = present.get(lane.key.submitter());
        if (submitter == null) {
            submitter = new Submitter(lane.key.submitter(), this);
            Long last = away.remove(submitter.name);
            boolean hadItsTurn = last != null && last > virtual;
            submitter.turn = hadItsTurn ? last : virtual;
            submitter.tie = ++ties + (hadItsTurn ? 0 : BEFORE_THE_SERVED);
            present.put(submitter.name, submitter);
            order.add(submitter);
        }
        submitter.lanes.add(lane);
        lane.belongsTo(submitter);
    }

    void remove(Lane lane) {
        Submitter submitter = lane.submitter();
        submitter.lanes.remove(lane);
        if (submitter.lanes.isEmpty()) {
            order.remove(submitter);
            present.remove(submitter.name);
            if (away.size() > REMEMBERED + present.size()) {
                away.clear(); // costs the others one turn for each of these, and no more
            }
            if (submitter.turn > virtual) {
                away.put(submitter.name, submitter.turn);
            }
        }
    }

    /** The lane that is next: the oldest open one of the submitter whose turn it is. */
    @Nullable
    Lane next(Predicate<Lane> open) {
        for (Submitter submitter : order) {
            Lane oldest = null;
            for (Lane lane : submitter.lanes) {
                if (lane.hasNext() && (oldest == null || lane.head().compareTo(oldest.head()) < 0) && open.test(lane)) {
                    oldest = lane;
                }
            }
            if (oldest != null) {
                return oldest;
            }
        }
        return null;
    }

    void served(Submitter submitter) {
        order.remove(submitter);
        virtual = Math.max(virtual, submitter.turn);
        submitter.turn = virtual + 1;
        submitter.tie = ++ties;
        order.add(submitter);
    }
}
