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
 * proportional to the weight. So a submitter that had no jobs is next, and nobody accumulates turns while a gate blocks their jobs.
 * Submitters are grouped by their lanes' groups, so that groups with a closed gate are not examined. Guarded by the lock of {@link Lanes}.
 */
final class PriorityLevel {

    /** Step from one turn to the next for weight 1; divisible by each weight up to 16. */
    private static final int STEP = 720_720;

    private static final int REMEMBERED = 64;
    private static final long BEFORE_THE_SERVED = Long.MIN_VALUE;

    /** Submitters with a lane in a group that takes part in decisions. */
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

    /** Returns the instance of the name that the submitter's other lanes use. */
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
                away.clear(); // costs the others at most one turn for each of these submitters
            }
            if (submitter.turn > virtual) {
                away.put(submitter.name, submitter.turn);
            }
        }
    }

    /**
     * Returns the first matching lane: the oldest lane of the submitter whose turn it is.
     *
     * @param before returns only a lane that precedes this lane; null for any lane
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

    /** Returns the turn after this turn for a submitter with this weight. */
    static long after(long turn, int weight) {
        return turn + STEP / weight;
    }

    /** Advances the turns after a claim from a lane of a submitter with this weight. */
    void served(SubmitterTurn submitter, int weight) {
        submitter.forEachGroup(group -> of(group).remove(submitter));
        virtual = Math.max(virtual, submitter.turn);
        submitter.turn = after(virtual, weight);
        submitter.tie = ++ties;
        submitter.forEachGroup(group -> of(group).add(submitter));
    }
}
