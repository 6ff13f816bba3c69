// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.spi.LaneKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The lanes that differ only in level and submitter: the gates give one answer for all of them, so that a decision costs
 * the same however many there are. Only for an estimate each lane's head is looked at. Guarded by the lock of
 * {@link Lanes}.
 */
final class LaneGroup {

    /** As of the lanes, with level 0 and no submitter. */
    final LaneKey key;
    /** Those that have a next job, the oldest first. */
    final TreeSet<Lane> byHead =
            new TreeSet<>(Comparator.comparing(Lane::sortedBy).thenComparingLong(Lane::number));

    int lanes;

    private NamedQueue queue;
    private List<Allowance> limits;
    private Set<String> handlerLimits;

    /** When it opens, as of the decision with this number. */
    long opensAt;

    long decision;

    /** The same of all that is no place and no amount. */
    long gatesOpenAt;

    LaneGroup(LaneKey key, Allowances allowances, Set<String> ofHandler, long now) {
        this.key = key;
        handlerLimits = ofHandler;
        queue = queue(allowances, now);
        limits = limits(allowances, now);
    }

    static LaneKey keyOf(LaneKey lane) {
        return new LaneKey(
                lane.queue(),
                0,
                "",
                lane.type(),
                lane.handlerVersion(),
                lane.limits(),
                lane.estimated(),
                lane.suspect());
    }

    NamedQueue queue() {
        return queue;
    }

    List<Allowance> limits() {
        return limits;
    }

    /** Finds its queue and its limits anew. */
    void resolve(Allowances allowances, Set<String> ofHandler, long now) {
        handlerLimits = ofHandler;
        queue = queue(allowances, now);
        limits = limits(allowances, now);
    }

    boolean isResolvedFor(Set<String> ofHandler) {
        return handlerLimits == ofHandler || handlerLimits.equals(ofHandler);
    }

    /** The lane whose head has waited longest, since before then, of those that are open. */
    @Nullable
    Lane aged(Instant before, GateRules rules, Reservations reservations) {
        for (Lane lane : byHead) {
            boolean old = lane.sortedBy().readyAt().isBefore(before);
            if (!old || !rules.open(this) || !reservations.leaves(this, Reservations.LAST)) {
                return null;
            }
            if (rules.openHead(lane) && reservations.leaves(lane, Reservations.LAST)) {
                return lane;
            }
        }
        return null;
    }

    private NamedQueue queue(Allowances allowances, long now) {
        String asked = key.queue();
        return allowances.queue(asked != null ? asked : allowances.catalog().route(key.type()), now);
    }

    private List<Allowance> limits(Allowances allowances, long now) {
        Set<String> names = new TreeSet<>(key.limits());
        names.addAll(handlerLimits);
        return names.stream().map(name -> allowances.limit(name, now)).toList();
    }
}
