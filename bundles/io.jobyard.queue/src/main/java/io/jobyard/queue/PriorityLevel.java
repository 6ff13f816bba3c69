// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One priority level, where submitters take turns: start-time fair queueing (Goyal, Vin, Cheng, 1996) with every job of
 * weight one. A submitter's next turn is the larger of the level's virtual time and its own last turn plus one, so that
 * one who was away is next, and nobody saves turns up while held by a gate. Submitters are kept by the groups of their
 * lanes, so that those behind a shut gate are not looked at. Guarded by the lock of {@link Lanes}.
 */
final class PriorityLevel {

    private static final int REMEMBERED = 64;
    private static final long BEFORE_THE_SERVED = Long.MIN_VALUE;

    private final Map<LaneGroup, TreeSet<SubmitterTurn>> order = new IdentityHashMap<>();
    private final Map<String, SubmitterTurn> present = new HashMap<>();
    private final Map<String, Long> away = new HashMap<>();
    private long virtual;
    private long ties;

    void add(Lane lane) {
        SubmitterTurn submitter = present.get(lane.key.submitter());
        if (submitter == null) {
            submitter = new SubmitterTurn(lane.key.submitter(), this);
            Long last = away.remove(submitter.name);
            boolean hadItsTurn = last != null && last > virtual;
            submitter.turn = hadItsTurn ? last : virtual;
            submitter.tie = ++ties + (hadItsTurn ? 0 : BEFORE_THE_SERVED);
            present.put(submitter.name, submitter);
        }
        submitter.lanes.add(lane);
        lane.belongsTo(submitter);
        order.computeIfAbsent(lane.group, group -> new TreeSet<>(SubmitterTurn.BY_TURN))
                .add(submitter);
    }

    void remove(Lane lane) {
        SubmitterTurn submitter = lane.submitter();
        submitter.lanes.remove(lane);
        if (!submitter.isIn(lane.group)) {
            TreeSet<SubmitterTurn> others = order.get(lane.group);
            others.remove(submitter);
            if (others.isEmpty()) {
                order.remove(lane.group);
            }
        }
        if (submitter.lanes.isEmpty()) {
            present.remove(submitter.name);
            if (away.size() > REMEMBERED + present.size()) {
                away.clear(); // costs the others one turn for each of these, and no more
            }
            if (submitter.turn > virtual) {
                away.put(submitter.name, submitter.turn);
            }
        }
    }

    /**
     * The first lane in order of those that are asked for: the oldest of the submitter whose turn it is.
     *
     * @param before only one that comes before this lane; null for any
     */
    @Nullable
    Lane first(Predicate<LaneGroup> of, Predicate<Lane> which, @Nullable Lane before) {
        SubmitterTurn first = before == null ? null : before.submitter();
        Lane next = null;
        for (Map.Entry<LaneGroup, TreeSet<SubmitterTurn>> group : order.entrySet()) {
            LaneGroup asked = group.getKey();
            if (!of.test(asked)) {
                continue;
            }
            Predicate<Lane> lanes = lane -> (lane.group == asked || of.test(lane.group)) && which.test(lane);
            for (SubmitterTurn submitter : group.getValue()) {
                int turn = first == null ? -1 : SubmitterTurn.BY_TURN.compare(submitter, first);
                if (turn > 0 || turn == 0 && next != null) {
                    break;
                }
                Lane oldest = submitter.oldest(lanes, turn == 0 ? before : null);
                if (oldest != null) {
                    first = submitter;
                    next = oldest;
                    break;
                }
            }
        }
        return next;
    }

    Stream<SubmitterTurn> submitters() {
        return present.values().stream();
    }

    long virtual() {
        return virtual;
    }

    long ties() {
        return ties;
    }

    void served(SubmitterTurn submitter) {
        submitter.lanes.forEach(lane -> order.get(lane.group).remove(submitter));
        virtual = Math.max(virtual, submitter.turn);
        submitter.turn = virtual + 1;
        submitter.tie = ++ties;
        submitter.lanes.forEach(lane -> order.get(lane.group).add(submitter));
    }
}
