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
final class Rules {

    private final Rule limits;
    private final List<Rule> gates;
    private final List<Rule> amounts;
    private final List<Rule> all;
    private long decision;
    private long now;
    private long opensNext;

    /** Of all, those of the queue and the limits ask for places and amounts; only the latter for what is estimated. */
    Rules(Rule queue, Rule limits, Rule... inOrder) {
        this.limits = limits;
        all = List.of(inOrder);
        amounts = List.of(queue, limits);
        gates = all.stream().filter(rule -> !amounts.contains(rule)).toList();
    }

    /** Asks everything anew, as of this moment. */
    void begin(Instant at) {
        decision++;
        now = Nanos.of(at);
        opensNext = Nanos.NEVER;
    }

    long now() {
        return now;
    }

    /** When the first of those opens that were asked and are shut; {@link Nanos#NEVER} if that is not known. */
    long opensNext() {
        return opensNext;
    }

    /** Whether a lane of the group may be open. */
    boolean open(Group group) {
        if (group.decision != decision) {
            group.decision = decision;
            group.gatesOpenAt = opensAt(gates, group, Need.LEAST);
            group.opensAt = group.gatesOpenAt > now
                    ? group.gatesOpenAt
                    : opensAt(amounts, group, group.key.estimated() ? Need.LEAST : Need.USUAL);
        }
        return isOpen(group.opensAt);
    }

    /** Whether no lane of the group is held by anything but places and amounts. */
    boolean gatesOpen(Group group) {
        return open(group) || group.gatesOpenAt <= now;
    }

    /** Whether a lane is open whose group is. */
    boolean openHead(Lane lane) {
        return (!lane.key.estimated() || isOpen(limits.opensAt(lane.group, lane.need(), now)))
                && (lane.shares().isEmpty() || isOpen(ByRole.opensAt(lane)));
    }

    /** All that holds a job of the lane that needs so much; for the head nothing exactly if the lane is open. */
    List<Blocker> shutBy(Lane lane, Need need) {
        return Stream.concat(
                        all.stream().flatMap(rule -> rule.shutBy(lane.group, need, now).stream()),
                        ByRole.shutBy(lane, need, now).stream())
                .toList();
    }

    private long opensAt(List<Rule> rules, Group group, Need need) {
        long opens = Nanos.ALWAYS;
        for (int i = 0; i < rules.size() && opens < Nanos.NEVER; i++) {
            opens = Math.max(opens, rules.get(i).opensAt(group, need, now));
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
