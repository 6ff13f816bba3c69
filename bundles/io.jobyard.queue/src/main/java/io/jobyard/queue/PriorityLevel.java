// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One priority, in which submitters take turns: start-time fair queueing (Goyal, Vin, Cheng, 1996) with all jobs of length one. A
 * submitter's next turn is the larger of the priority's virtual time and the submitter's last turn, plus a step that is inversely
 * proportional to the weight. So a submitter that was away is next, and nobody saves turns while blocked by a gate. Submitters are kept by
 * the groups of their lanes, so that groups with a closed gate are not examined. Guarded by the lock of {@link Lanes}.
 */
final class PriorityLevel {

    /** From one turn to the next for who weighs 1; of the weights up to 16 each has a whole part of it. */
    private static final int STEP = 720_720;

    private static final int REMEMBERED = 64;
    private static final long BEFORE_THE_SERVED = Long.MIN_VALUE;

    /** Those that have a lane in a group that is looked at. */
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
            submitter.turn = Math.max(virtual, last == null ? virtual : last);
            submitter.tie = ++ties + (submitter.turn > virtual ? 0 : BEFORE_THE_SERVED);
            present.put(submitter.name, submitter);
        }
        submitter.lanes.add(lane);
        lane.belongsTo(submitter);
    }

    /** The same name, as the submitter's other lanes have it. */
    String name(String submitter) {
        SubmitterTurn known = present.get(submitter);
        return known == null ? submitter : known.name;
    }

    void enter(SubmitterTurn submitter, LaneGroup group) {
        order.computeIfAbsent(group, any -> new TreeSet<>(SubmitterTurn.BY_TURN))
                .add(submitter);
    }

    private TreeSet<SubmitterTurn> of(LaneGroup group) {
        return Objects.requireNonNull(order.get(group));
    }

    void leave(SubmitterTurn submitter, LaneGroup group) {
        TreeSet<SubmitterTurn> others = of(group);
        others.remove(submitter);
        if (others.isEmpty()) {
            order.remove(group);
        }
    }

    void remove(Lane lane) {
        SubmitterTurn submitter = lane.submitter();
        submitter.lanes.remove(lane);
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

    /** Returns the first requested lane in order, before another or anywhere for null: the oldest of the submitter whose turn it is. */
    @Nullable
    Lane first(Predicate<LaneGroup> of, Predicate<Lane> which, @Nullable Lane before) {
        SubmitterTurn first = before == null ? null : before.submitter();
        Lane next = null;
        for (Map.Entry<LaneGroup, TreeSet<SubmitterTurn>> group : order.entrySet()) {
            LaneGroup asked = group.getKey();
            if (!of.test(asked)) {
                continue;
            }
            for (SubmitterTurn submitter : group.getValue()) {
                int turn = first == null ? -1 : SubmitterTurn.BY_TURN.compare(submitter, first);
                if (turn > 0) {
                    break;
                }
                Lane oldest = submitter.oldest(asked, which, turn < 0 ? null : next != null ? next : before);
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

    /** The turn after this one of who has such a weight. */
    static long after(long turn, int weight) {
        return turn + STEP / weight;
    }

    /** A lane of a submitter with such a weight was taken from. */
    void served(SubmitterTurn submitter, int weight) {
        submitter.forEachGroup(group -> of(group).remove(submitter));
        virtual = Math.max(virtual, submitter.turn);
        submitter.turn = after(virtual, weight);
        submitter.tie = ++ties;
        submitter.forEachGroup(group -> of(group).add(submitter));
    }
}
