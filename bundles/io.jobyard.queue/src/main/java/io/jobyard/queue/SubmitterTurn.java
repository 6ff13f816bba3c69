// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Lanes and turn of a submitter within one priority. Guarded by the lock of {@link Lanes}. */
final class SubmitterTurn {

    static final Comparator<SubmitterTurn> BY_TURN = Comparator.<SubmitterTurn>comparingLong(s -> s.turn)
            .thenComparingLong(s -> s.tie)
            .thenComparing(s -> s.name);

    final String name;
    final PriorityLevel level;
    final LaneList lanes = new LaneList(LaneList.Owner.SUBMITTER);
    /** Lanes with a next job that take part in decisions, for groups with a single such lane. Nearly all groups are of this kind. */
    private final Map<LaneGroup, Lane> alone = new IdentityHashMap<>(1);

    /** Lanes of the other groups, oldest first. */
    private final Map<LaneGroup, TreeSet<Lane>> byHead = new IdentityHashMap<>(1);

    /** Sort keys within the priority. Change them only while this object is not in a sorted set. */
    long turn;

    long tie;

    SubmitterTurn(String name, PriorityLevel level) {
        this.name = name;
        this.level = level;
    }

    /** Adds a lane, sorted by its first job. */
    void enter(Lane lane) {
        TreeSet<Lane> ofGroup = byHead.get(lane.group);
        if (ofGroup != null) {
            ofGroup.add(lane);
            return;
        }
        Lane other = alone.remove(lane.group);
        if (other == null) {
            alone.put(lane.group, lane);
            level.enter(this, lane.group);
        } else {
            ofGroup = new TreeSet<>(LaneGroup.BY_HEAD);
            ofGroup.add(other);
            ofGroup.add(lane);
            byHead.put(lane.group, ofGroup);
        }
    }

    /** Removes an ended lane, which still has the first job by which it was last sorted. */
    void leave(Lane lane) {
        TreeSet<Lane> ofGroup = byHead.get(lane.group);
        if (ofGroup != null) {
            ofGroup.remove(lane);
            if (!ofGroup.isEmpty()) {
                return;
            }
            byHead.remove(lane.group);
        } else {
            alone.remove(lane.group);
        }
        level.leave(this, lane.group);
    }

    void forEachGroup(Consumer<LaneGroup> call) {
        alone.keySet().forEach(call);
        byHead.keySet().forEach(call);
    }

    /** Returns the matching lane of a group with the oldest first job, if that is older than the first job of {@code other}. */
    @Nullable
    Lane oldest(LaneGroup group, Predicate<Lane> which, @Nullable Lane other) {
        Lane one = alone.get(group);
        for (Lane lane : one != null ? List.of(one) : Objects.requireNonNull(byHead.get(group))) {
            if (other != null && lane.head().compareTo(other.head()) >= 0) {
                return null;
            } else if (which.test(lane)) {
                return lane;
            }
        }
        return null;
    }
}
