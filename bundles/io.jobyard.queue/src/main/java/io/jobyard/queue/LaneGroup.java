// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.PauseTarget;
import io.jobyard.api.PauseTarget.TargetKind;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.ReadyJob;
import io.jobyard.spi.limits.NamedLimit;
import io.jobyard.spi.limits.Unit;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lanes that differ only in priority and submitter. All gates give the same answer for them, so the cost of a decision does not depend on
 * their number. If jobs have estimates, the first job of each lane is examined. The lanes of a pool also differ in values of limits, which
 * are examined for each lane. Guarded by the lock of {@link Lanes}.
 */
final class LaneGroup {

    static final Comparator<Lane> BY_HEAD = Comparator.comparing(Lane::sortedBy).thenComparingLong(Lane::number);

    /** Key of the lanes, with priority 0 and without a submitter; for a pool, also without values. */
    final LaneKey key;
    /** Whether its lanes use different values of limits. */
    final boolean isPool;
    /** Lanes with a next job that take part in decisions, oldest first. */
    final TreeSet<Lane> byHead = new TreeSet<>(BY_HEAD);

    final LaneList lanes = new LaneList(LaneList.Owner.GROUP);

    private final List<NamedLimit> asked;
    private @Nullable NamedQueue queue;
    private List<Allowance> limits = List.of();
    private List<Allowance> values = List.of();
    private @Nullable List<PauseTarget> pauseTargets;
    private Set<String> handlerLimits = Set.of();
    private int lanesWithShares;
    private long queued;
    private int parked;
    private boolean slots;

    /** Opening time of the group, as of the decision with the number {@link #decision}. */
    long opensAt;

    long decision;

    /** Opening time of all conditions except slots and amounts. */
    long gatesOpenAt;

    LaneGroup(LaneKey key, boolean isPool, Allowances allowances, Set<String> ofHandler, long now) {
        this.key = key;
        this.isPool = isPool;
        asked = NamedLimit.all(key.limits());
        resolve(allowances, ofHandler, now);
    }

    static LaneKey keyOf(LaneKey lane) {
        return keyOf(lane, lane.limits());
    }

    /** Returns the key of the pool for lanes of this key. */
    static LaneKey poolOf(LaneKey lane) {
        return keyOf(lane, names(NamedLimit.all(lane.limits())));
    }

    LaneKey pool() {
        return keyOf(key, names(asked));
    }

    private static List<String> names(List<NamedLimit> limits) {
        return limits.stream().map(NamedLimit::name).toList();
    }

    private static LaneKey keyOf(LaneKey lane, List<String> limits) {
        return new LaneKey(lane.queue(), 0, "", lane.type(), lane.handler(), limits, lane.estimated(), lane.suspect());
    }

    NamedQueue queue() {
        return Objects.requireNonNull(queue);
    }

    /** Returns the users whose pauses block all lanes of the group. */
    List<PauseTarget> pauseTargets() {
        List<PauseTarget> known = pauseTargets;
        if (known == null) {
            Stream<String> named = Stream.concat(names(asked).stream(), handlerLimits.stream());
            known = Stream.concat(
                            Stream.of(PauseTarget.ALL, new PauseTarget(TargetKind.TYPE, key.type())),
                            named.distinct().map(name -> new PauseTarget(TargetKind.LIMIT, name)))
                    .toList();
            pauseTargets = known;
        }
        return known;
    }

    List<Allowance> limits() {
        return limits;
    }

    /** Returns the limits of the group that count separately by a value. */
    List<Allowance> values() {
        return values;
    }

    /** Returns a lower bound for the demand of its jobs. */
    Demand leastDemand() {
        return key.estimated() ? Demand.LEAST : Demand.USUAL;
    }

    /** Changes the number of stored jobs of its lanes. */
    void count(long difference) {
        queued += difference;
    }

    long queued() {
        return queued;
    }

    /** Changes the number of lanes that are excluded from decisions. */
    void countParked(int difference) {
        parked += difference;
    }

    /** Returns the time since which its oldest ready job has been ready; null if it has no ready job. */
    @Nullable
    Instant oldest() {
        if (parked == 0) {
            return byHead.isEmpty() ? null : byHead.first().sortedBy().readyAt();
        }
        return lanes.stream()
                .filter(Lane::hasNext)
                .map(lane -> lane.head().readyAt())
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    /** Changes the number of lanes whose submitters have shares. */
    void countShares(int difference) {
        lanesWithShares += difference;
    }

    boolean hasShares() {
        return lanesWithShares > 0;
    }

    /** Notes whether a job of its lanes takes more than one slot of a limit. */
    void seen(ReadyJob job) {
        slots = slots
                || key.estimated() && job.estimate().keySet().stream().anyMatch(unit -> unit.startsWith(Unit.SLOTS));
    }

    /** Returns whether a job of its lanes has taken more than one slot of a limit. */
    boolean hasSlots() {
        return slots;
    }

    /** Adds a lane. */
    void join(Lane lane, Allowances allowances, long now) {
        if (lanes.isEmpty()) {
            limits.forEach(limit -> limit.lanes(1));
        }
        lanes.add(lane);
        lane.values(values(lane, allowances, now));
    }

    /** Removes a lane. Returns whether the group is empty now. */
    boolean leave(Lane lane) {
        lane.values(List.of());
        lane.shares(List.of());
        lanes.remove(lane);
        if (lanes.isEmpty()) {
            limits.forEach(limit -> limit.lanes(-1));
        }
        return lanes.isEmpty();
    }

    /** Updates the queue and the limits of the group. */
    void resolve(Allowances allowances, Set<String> ofHandler, long now) {
        List<Allowance> before = limits;
        handlerLimits = ofHandler;
        pauseTargets = null;
        queue = queue(allowances, now);
        limits = limits(allowances, now);
        values = limits.stream()
                .filter(limit -> isOfValue(limit, allowances.catalog()))
                .toList();
        if (!lanes.isEmpty()) {
            limits.forEach(limit -> limit.lanes(1));
            before.forEach(limit -> limit.lanes(-1));
        }
        lanes.forEach(lane -> lane.values(values(lane, allowances, now)));
    }

    boolean isResolvedFor(Set<String> ofHandler) {
        return handlerLimits == ofHandler || handlerLimits.equals(ofHandler);
    }

    /** Returns the open lane whose first job has waited longest, since before the given time. */
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

    /** Returns the limits that the group shares; for a pool, only limits without values. */
    private List<Allowance> limits(Allowances allowances, long now) {
        LimitCatalog catalog = allowances.catalog();
        Circuit circuit = allowances.circuitOf(key.type());
        Stream<Allowance> named = named(asked, catalog).stream()
                .filter(limit -> !isPool || !catalog.hasValues(limit.name()))
                .flatMap(limit -> allowances.limits(limit, key.handler().hasBegun(), now));
        return (circuit == null ? named : Stream.concat(Stream.of(circuit), named)).toList();
    }

    private List<Allowance> values(Lane lane, Allowances allowances, long now) {
        LimitCatalog catalog = allowances.catalog();
        return !isPool
                ? List.of()
                : named(lane.asked, catalog).stream()
                        .filter(limit -> catalog.hasValues(limit.name()))
                        .flatMap(limit -> allowances.limits(limit, key.handler().hasBegun(), now))
                        .toList();
    }

    private static boolean isOfValue(Allowance limit, LimitCatalog catalog) {
        return limit instanceof StrictOrder
                || limit instanceof NamedLimitAllowance named && catalog.hasValues(named.limit.name());
    }

    /** Returns the limits of a lane's jobs and of their handler. A limit without separate values has only its name. */
    private Collection<NamedLimit> named(List<NamedLimit> ofLane, LimitCatalog catalog) {
        Map<String, NamedLimit> named = new TreeMap<>();
        handlerLimits.forEach(name -> named.put(name, new NamedLimit(name, "")));
        ofLane.forEach(limit ->
                named.put(limit.name(), catalog.hasValues(limit.name()) ? limit : new NamedLimit(limit.name(), "")));
        return named.values();
    }
}
