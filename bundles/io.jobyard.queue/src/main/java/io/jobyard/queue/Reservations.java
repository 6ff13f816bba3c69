// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.Blocker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reservations for jobs that lack only slots and amounts. Such a job starts at the latest after the jobs that hold these, and jobs with
 * smaller needs do not overtake it repeatedly. A reservation lasts until its job starts or leaves, or another gate closes. It applies to
 * lanes of its priority and of less urgent ones. If two jobs have the same needs, only one reserves, so that they do not wait for each
 * other. Guarded by the lock of {@link Lanes}.
 */
final class Reservations {

    /** Value after all priorities. */
    static final int LAST = Integer.MAX_VALUE;

    private final LaneGroups groups;
    private final GateRules rules;
    /** Highest priority first, and within a priority the oldest reservation first. */
    private final List<Reservation> kept = new ArrayList<>();

    Reservations(LaneGroups groups, GateRules rules) {
        this.groups = groups;
        this.rules = rules;
    }

    void clear() {
        kept.forEach(each -> each.on.forEach(allowance -> allowance.reserved.remove(each)));
        kept.clear();
    }

    /** Renews the reservations by the current needs of the waiting jobs. */
    void begin() {
        if (!kept.isEmpty()) {
            List<Reservation> lasting = new ArrayList<>(kept);
            lasting.removeIf(each -> !each.stands() || rules.isHeldByValue(each.lane));
            keep(lasting);
        }
    }

    private void keep(List<Reservation> inOrder) {
        clear();
        for (Reservation each : inOrder) {
            Demand demand = each.lane.demand();
            List<Allowance> all = allowances(each.lane);
            if (rules.gatesOpen(each.lane.group) && mayKeep(all, each.lane, each.level, demand)) {
                kept.add(each);
                each.on = all;
                each.amountsAt = amountsAt(all, demand);
                all.forEach(allowance -> allowance.reserved.add(each));
            }
        }
    }

    /** Reserves what the first job of the lane needs. Returns false if another job has reserved it. */
    boolean add(Lane lane, int level) {
        List<Allowance> needed = allowances(lane);
        if (!mayKeep(needed, lane, level, lane.demand())) {
            return false;
        }
        List<Reservation> all = new ArrayList<>(kept);
        all.add(new Reservation(lane, level));
        all.sort(Comparator.comparingInt(each -> each.level));
        keep(all); // but not jobs of later priorities with the same needs
        return true;
    }

    /** Returns the lane of this priority whose job now has everything it needs. */
    @Nullable
    Lane ready(int level) {
        for (Reservation each : kept) {
            if (each.level == level && isOpen(each)) {
                return each.lane;
            }
        }
        return null;
    }

    /** Returns the lane of any priority that has waited longest, since before the given time. */
    @Nullable
    Lane aged(Instant before) {
        Lane oldest = null;
        for (Reservation each : kept) {
            boolean older = oldest == null || each.job.compareTo(oldest.head()) < 0;
            if (older && each.job.readyAt().isBefore(before) && isOpen(each)) {
                oldest = each.lane;
            }
        }
        return oldest;
    }

    private boolean isOpen(Reservation each) {
        return rules.open(each.lane.group) && rules.openHead(each.lane) && leaves(each.lane, each.level);
    }

    /** Returns whether lanes of a group may find what they need despite the reservations of more urgent priorities. */
    boolean leaves(LaneGroup group, int level) {
        if (kept.isEmpty()) {
            return true;
        }
        Demand demand = group.key.estimated() ? Demand.LEAST : Demand.USUAL;
        for (Allowance allowance : allowances(group)) {
            if (!rules.isOpen(allowance.reserved.opensAt(null, level, demand, rules.now()))) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether a lane finds what it needs despite the reservations of more urgent priorities. */
    boolean leaves(Lane lane, int level) {
        if (kept.isEmpty()) {
            return true;
        }
        for (Allowance allowance : allowances(lane)) {
            if (!rules.isOpen(allowance.reserved.opensAt(lane, level, lane.demand(), rules.now()))) {
                return false;
            }
        }
        return true;
    }

    /** Returns blockers for resources that are available but reserved for other jobs. */
    List<Blocker> shutBy(Lane lane, int level, Demand demand) {
        if (kept.isEmpty()) {
            return List.of();
        }
        return allowances(lane).stream()
                .flatMap(allowance -> allowance.reserved.shutBy(lane, level, demand, rules.now()).stream())
                .toList();
    }

    /**
     * Returns whether a lane of the group may wait for slots or amounts without a reservation. A lane with an estimate is assumed to need every
     * unit, so that such lanes are not examined one by one while any unit is reserved.
     */
    boolean mayWait(LaneGroup group, int level) {
        boolean estimated = group.key.estimated();
        boolean open = rules.open(group);
        if (!rules.gatesOpen(group) || open && !estimated) {
            return open;
        }
        List<Allowance> all = allowances(group);
        Demand most = !estimated ? Demand.USUAL : group.hasSlots() ? Demand.MANY : Demand.ONE;
        if (rules.isHeldByValue(group) || !group.hasShares() && !isSeveral(all, most)) {
            return false;
        }
        return mayKeep(all, null, level, most)
                || !open && amountsAt(all, estimated ? Demand.LEAST : Demand.USUAL) <= rules.now();
    }

    /**
     * Returns whether the lane waits for several slots or for amounts without a reservation. Returns false if it waits only for reserved
     * resources, because then no later lane needs to wait for it.
     */
    boolean waits(Lane lane, int level) {
        if (rules.isHeldByValue(lane) || isKept(lane) || rules.open(lane.group) && rules.openHead(lane)) {
            return false;
        }
        List<Allowance> all = allowances(lane);
        return isSeveral(all, lane.demand())
                && (mayKeep(all, lane, level, lane.demand()) || amountsAt(all, lane.demand()) <= rules.now());
    }

    private boolean isKept(Lane lane) {
        for (Reservation each : kept) {
            if (each.lane == lane) {
                return true;
            }
        }
        return false;
    }

    private boolean mayKeep(List<Allowance> all, @Nullable Lane lane, int level, Demand demand) {
        for (Allowance allowance : all) {
            if (!allowance.reserved.mayKeep(lane, level, demand, rules.now())) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether a reservation is useful. A single slot needs none: the first job in order gets it when it is free. */
    private static boolean isSeveral(List<Allowance> all, Demand demand) {
        int positions = 0;
        for (Allowance allowance : all) {
            positions += allowance.settings().runningMax() == null ? 0 : allowance.slots(demand);
            if (positions > 1 || allowance.buckets.areDrawnOnBy(allowance.drawnBy(demand))) {
                return true;
            }
        }
        return false;
    }

    private long amountsAt(List<Allowance> all, Demand demand) {
        long at = EpochNanos.ALWAYS;
        for (Allowance allowance : all) {
            at = Math.max(at, allowance.amountsAt(demand, rules.now()));
        }
        return at;
    }

    private List<Allowance> allowances(LaneGroup group) {
        List<Allowance> all = new ArrayList<>(groups.limits(group));
        all.add(group.queue().allows);
        return all;
    }

    private List<Allowance> allowances(Lane lane) {
        List<Allowance> all = allowances(lane.group);
        all.addAll(lane.values());
        all.addAll(lane.shares());
        return all;
    }
}
