// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One submitter's lanes at one level, and its turn. Guarded by the lock of {@link Lanes}. */
final class SubmitterTurn {

    static final Comparator<SubmitterTurn> BY_TURN = Comparator.<SubmitterTurn>comparingLong(s -> s.turn)
            .thenComparingLong(s -> s.tie)
            .thenComparing(s -> s.name);

    final String name;
    final PriorityLevel level;
    final List<Lane> lanes = new ArrayList<>(1);

    /** Both decide the order within the level; change them only while not in its sets. */
    long turn;

    long tie;

    SubmitterTurn(String name, PriorityLevel level) {
        this.name = name;
        this.level = level;
    }

    boolean isIn(LaneGroup group) {
        return lanes.stream().anyMatch(lane -> lane.group == group);
    }

    /** Of the lanes that are asked for, the one with the oldest head, if that is older than the other's. */
    @Nullable
    Lane oldest(Predicate<Lane> which, @Nullable Lane other) {
        Lane oldest = null;
        Lane older = other;
        for (Lane lane : lanes) {
            if (lane.hasNext() && (older == null || lane.head().compareTo(older.head()) < 0) && which.test(lane)) {
                oldest = lane;
                older = lane;
            }
        }
        return oldest;
    }
}
