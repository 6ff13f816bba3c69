// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.Blocker;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * All rules, in the order in which explain tells them, and the answers they gave for the decision at hand. Guarded by
 * the lock of {@link Lanes}.
 */
final class GateRules {

    private final GateRule limits;
    private final List<GateRule> gates;
    private final List<GateRule> amounts;
    private final List<GateRule> all;
    private long decision;
    private long now;
    private long opensNext;

    /** Of all, those of the queue and the limits ask for places and amounts; only the latter for what is estimated. */
    GateRules(GateRule queue, GateRule limits, GateRule... inOrder) {
        this.limits = limits;
        all = List.of(inOrder);
        amounts = List.of(queue, limits);
        gates = all.stream().filter(rule -> !amounts.contains(rule)).toList();
    }

    /** Asks everything anew, as of this moment. */
    void begin(Instant at) {
        decision++;
        now = EpochNanos.of(at);
        opensNext = EpochNanos.NEVER;
    }

    long now() {
        return now;
    }

    /** When the first of those opens that were asked and are shut; {@link EpochNanos#NEVER} if that is not known. */
    long opensNext() {
        return opensNext;
    }

    /** Whether a lane of the group may be open. */
    boolean open(LaneGroup group) {
        if (group.decision != decision) {
            group.decision = decision;
            group.gatesOpenAt = opensAt(gates, group, Demand.LEAST);
            group.opensAt = group.gatesOpenAt > now
                    ? group.gatesOpenAt
                    : opensAt(amounts, group, group.key.estimated() ? Demand.LEAST : Demand.USUAL);
        }
        return isOpen(group.opensAt);
    }

    /** Whether no lane of the group is held by anything but places and amounts. */
    boolean gatesOpen(LaneGroup group) {
        return open(group) || group.gatesOpenAt <= now;
    }

    /** Whether a lane is open whose group is. */
    boolean openHead(Lane lane) {
        return (!lane.key.estimated() || isOpen(limits.opensAt(lane.group, lane.demand(), now)))
                && (lane.shares().isEmpty() || isOpen(RoleRule.opensAt(lane)));
    }

    /** All that holds a job of the lane that needs so much; for the head nothing exactly if the lane is open. */
    List<Blocker> shutBy(Lane lane, Demand demand) {
        return Stream.concat(
                        all.stream().flatMap(rule -> rule.shutBy(lane.group, demand, now).stream()),
                        RoleRule.shutBy(lane, demand, now).stream())
                .toList();
    }

    private long opensAt(List<GateRule> rules, LaneGroup group, Demand demand) {
        long opens = EpochNanos.ALWAYS;
        for (int i = 0; i < rules.size() && opens < EpochNanos.NEVER; i++) {
            opens = Math.max(opens, rules.get(i).opensAt(group, demand, now));
        }
        return opens;
    }

    /** Whether what opens then is open. */
    boolean isOpen(long opensAt) {
        if (opensAt > now) {
            opensNext = Math.min(opensNext, opensAt);
        }
        return opensAt <= now;
    }
}
