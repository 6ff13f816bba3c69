// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.Blocker;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.ReadyJob;
import io.jobyard.spi.jobs.SchedulingState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Conditions that may block a job, in the order of explain, with the answers for the current decision. Guarded by the lock of {@link
 * Lanes}.
 */
final class GateRules {

    private final LaneGroups groups;
    private final Gates gates;
    private final HostCapacity rooms;
    private final BegunVersions begun;
    private final JobsInFlight inFlight;
    private final Pauses pauses;
    private long decision;
    private long now;
    private long opensNext;
    /** Examined lanes that the value of a limit blocks. */
    private final Set<Lane> shutByValue = new LinkedHashSet<>();

    private final Set<Lane> oversized = new LinkedHashSet<>();

    GateRules(
            LaneGroups groups,
            Gates gates,
            HostCapacity rooms,
            BegunVersions begun,
            JobsInFlight inFlight,
            Pauses pauses) {
        this.pauses = pauses;
        this.begun = begun;
        this.groups = groups;
        this.gates = gates;
        this.rooms = rooms;
        this.inFlight = inFlight;
    }

    /** Starts a decision with fresh answers, as of this moment. */
    void begin(Instant at) {
        decision++;
        now = EpochNanos.of(at);
        opensNext = EpochNanos.NEVER;
        oversized.clear();
    }

    long now() {
        return now;
    }

    /** Returns the earliest opening time of the shut gates that were asked; {@link EpochNanos#NEVER} if it is unknown. */
    long opensNext() {
        return opensNext;
    }

    /** Returns whether a lane of the group may be open. */
    boolean open(LaneGroup group) {
        if (group.decision != decision) {
            group.decision = decision;
            group.gatesOpenAt = gatesOpenAt(group);
            group.opensAt = group.gatesOpenAt > now ? group.gatesOpenAt : amountsOpenAt(group);
        }
        return isOpen(group.opensAt);
    }

    private long gatesOpenAt(LaneGroup group) {
        long paused = pauses.areNone()
                ? group.queue().pausedUntil()
                : Math.max(group.queue().pausedUntil(), pauses.opensAt(groups.pauseTargets(group)));
        if (paused == EpochNanos.NEVER || isQuarantined(group.key)) {
            return EpochNanos.NEVER;
        }
        LaneKey asked = begun.resolve(group.key);
        return Math.max(paused, Math.max(gates.opensAt(asked, now), rooms.opensAt(asked, now)));
    }

    private long amountsOpenAt(LaneGroup group) {
        Demand least = group.leastDemand();
        return Math.max(group.queue().allows.opensAt(least), opensAt(groups.limits(group), least));
    }

    /**
     * Returns whether the lane waits because of a suspect. Jobs that were running during several losses of their host run one at a time.
     * This identifies the job that crashes its hosts, and the losses do not count for the others.
     */
    private boolean isQuarantined(LaneKey key) {
        return key.suspect() && inFlight.hasSuspect();
    }

    /** Returns whether only slots and amounts block a lane of the group. */
    boolean gatesOpen(LaneGroup group) {
        return open(group) || group.gatesOpenAt <= now;
    }

    /** Returns whether the lane is open, if its group is. */
    boolean openHead(Lane lane) {
        if (lane.key.estimated() && oversizedBy(lane, lane.demand()) != null) {
            oversized.add(lane);
            return false;
        }
        return (lane.values().isEmpty() || openValues(lane))
                && (!lane.key.estimated() || isOpen(opensAt(groups.limits(lane.group), lane.demand())))
                && isOpen(pauses.opensAt(lane.key.submitter()))
                && (lane.shares().isEmpty() || isOpen(opensAt(lane.shares(), lane.demand())));
    }

    /** Returns the lanes found in this decision whose first job needs more than a limit can ever provide. */
    Set<Lane> oversized() {
        return oversized;
    }

    /** Returns the limit or share that can never satisfy the demand; null if none. */
    @Nullable
    Allowance oversizedBy(Lane lane, Demand demand) {
        for (Allowance each : drawnOn(lane)) {
            if (each.oversized(demand) != null) {
                return each;
            }
        }
        return null;
    }

    /** Whether a start from the lane draws amounts: the store needs their use before the start. */
    boolean drawsAmounts(Lane lane) {
        return !lane.group.queue().allows.buckets.all().isEmpty()
                || drawnOn(lane).stream().anyMatch(each -> !each.buckets.all().isEmpty());
    }

    private List<Allowance> drawnOn(Lane lane) {
        List<Allowance> all = new ArrayList<>(groups.limits(lane.group));
        all.addAll(lane.values());
        all.addAll(lane.shares());
        return all;
    }

    /** Returns the total demand of a lane's jobs up to the last of these, without earlier jobs that can never start. */
    Demand demandOf(Lane lane, List<ReadyJob> upTo) {
        if (!lane.key.estimated()) {
            return Demand.ofAll(upTo);
        }
        Demand last = Demand.of(upTo.get(upTo.size() - 1).estimate());
        return oversizedBy(lane, last) != null
                ? last
                : Demand.ofAll(upTo.stream()
                        .filter(job -> oversizedBy(lane, Demand.of(job.estimate())) == null)
                        .toList());
    }

    private boolean openValues(Lane lane) {
        if (!isOpen(opensAt(lane.values(), lane.group.leastDemand()))) {
            shutByValue.add(lane);
            return false;
        }
        return !lane.key.estimated() || isOpen(opensAt(lane.values(), lane.demand()));
    }

    /** Returns whether the lanes of a group wait for the value of a limit. Then no other resources are reserved for them. */
    boolean isHeldByValue(LaneGroup group) {
        return !group.values().isEmpty() && opensAt(group.values(), group.leastDemand()) > now;
    }

    /** Returns whether the lane waits for the value of a limit. */
    boolean isHeldByValue(Lane lane) {
        return isHeldByValue(lane.group)
                || !lane.values().isEmpty() && opensAt(lane.values(), lane.group.leastDemand()) > now;
    }

    /** Excludes lanes that a value blocks from later decisions. */
    void parkShut(ParkedLanes parked) {
        for (Lane lane : shutByValue) {
            if (lane.parkedOn() == null && lane.hasNext()) {
                parked.park(lane, now);
            }
        }
        shutByValue.clear();
        opensNext = Math.min(opensNext, parked.opensNext());
    }

    /** Returns all blockers of a job of the lane with this demand; for the first job, empty if and only if the lane is open. */
    List<Blocker> shutBy(Lane lane, Demand demand) {
        LaneGroup group = lane.group;
        List<Blocker> blockers = new ArrayList<>(group.queue().pausedBy(now));
        pauses.shutBy(groups.pauseTargets(group), lane.key.submitter(), now).forEach(blockers::add);
        blockers.addAll(group.queue().allows.shutBy(demand, now));
        groups.limits(group).forEach(limit -> blockers.addAll(limit.shutBy(demand, now)));
        lane.values().forEach(value -> blockers.addAll(value.shutBy(demand, now)));
        LaneKey asked = begun.resolve(group.key);
        List<Blocker> held = begun.heldBy(group.key);
        blockers.addAll(held.isEmpty() ? rooms.shutBy(asked) : held);
        blockers.addAll(gates.shutBy(asked));
        if (group.key.suspect() && (inFlight.hasSuspect() || demand.starts() > 1)) {
            String detail =
                    "its host was lost during " + SchedulingState.SUSPECT_LOSSES + " runs: such jobs run one at a time";
            blockers.add(new Blocker("quarantine", detail, null));
        }
        lane.shares().forEach(share -> blockers.addAll(share.shutBy(demand, now)));
        boolean isNever = demand.starts() == 1 && oversizedBy(lane, demand) != null;
        return isNever
                ? blockers.stream()
                        .map(blocker -> new Blocker(blocker.gate(), blocker.detail(), null))
                        .toList()
                : List.copyOf(blockers);
    }

    private static long opensAt(List<Allowance> all, Demand demand) {
        long opens = EpochNanos.ALWAYS;
        for (Allowance allowance : all) {
            opens = Math.max(opens, allowance.opensAt(demand));
        }
        return opens;
    }

    /** Returns whether a gate that opens at this time counts as open. */
    boolean isOpen(long opensAt) {
        if (opensAt > now) {
            opensNext = Math.min(opensNext, opensAt);
        }
        return opensAt <= now;
    }
}
