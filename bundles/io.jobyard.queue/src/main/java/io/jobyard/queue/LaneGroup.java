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
 * The lanes that differ only in level and submitter: the gates give one answer for all of them, so that a decision costs
 * the same however many there are. Only for an estimate each lane's head is looked at. Those of a pool differ in the
 * values of limits too, and each of them is asked for these. Guarded by the lock of {@link Lanes}.
 */
final class LaneGroup {

    static final Comparator<Lane> BY_HEAD = Comparator.comparing(Lane::sortedBy).thenComparingLong(Lane::number);

    /** Key of the lanes, with level 0 and without a submitter; for a pool, also without values. */
    final LaneKey key;
    /** Whether its lanes draw on values of limits by themselves. */
    final boolean isPool;
    /** Lanes that have a next job and take part in decisions, oldest first. */
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

    /** Opening time of the group, as of the decision with this number. */
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

    /** The pool for lanes of this key. */
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

    /** User whose pause holds all lanes of the group. */
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

    /** Limits of the group that count by a value. */
    List<Allowance> values() {
        return values;
    }

    /** The least that any of its jobs draws. */
    Demand leastDemand() {
        return key.estimated() ? Demand.LEAST : Demand.USUAL;
    }

    /** So many more jobs of its lanes are in the store. */
    void count(long difference) {
        queued += difference;
    }

    long queued() {
        return queued;
    }

    /** Adds to the number of lanes that are excluded from decisions for a while. */
    void countParked(int difference) {
        parked += difference;
    }

    /** Since when the oldest of its ready jobs is ready; null if none waits. */
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

    /** So many lanes more have submitters with shares. */
    void countShares(int difference) {
        lanesWithShares += difference;
    }

    boolean hasShares() {
        return lanesWithShares > 0;
    }

    /** Notes whether a job of its lanes takes more than one place of a limit. */
    void seen(ReadyJob job) {
        slots = slots
                || key.estimated() && job.estimate().keySet().stream().anyMatch(unit -> unit.startsWith(Unit.SLOTS));
    }

    /** Whether one of its jobs did. */
    boolean hasSlots() {
        return slots;
    }

    /** Another lane belongs to it. */
    void join(Lane lane, Allowances allowances, long now) {
        if (lanes.isEmpty()) {
            limits.forEach(limit -> limit.lanes(1));
        }
        lanes.add(lane);
        lane.values(values(lane, allowances, now));
    }

    /** Removes the lane; returns whether it was the last one. */
    boolean leave(Lane lane) {
        lane.values(List.of());
        lane.shares(List.of());
        lanes.remove(lane);
        if (lanes.isEmpty()) {
            limits.forEach(limit -> limit.lanes(-1));
        }
        return lanes.isEmpty();
    }

    /** Looks up its queue and its limits again. */
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

    /** For a pool, only limits without values. */
    private List<Allowance> limits(Allowances allowances, long now) {
        LimitCatalog catalog = allowances.catalog();
        Circuit circuit = allowances.circuitOf(key.type());
        Stream<Allowance> named = named(asked, catalog).stream()
                .filter(limit -> !isPool || !catalog.hasValues(limit.name()))
                .map(limit -> allowances.limit(limit, now));
        return (circuit == null ? named : Stream.concat(Stream.of(circuit), named)).toList();
    }

    private List<Allowance> values(Lane lane, Allowances allowances, long now) {
        LimitCatalog catalog = allowances.catalog();
        return !isPool
                ? List.of()
                : named(lane.asked, catalog).stream()
                        .filter(limit -> catalog.hasValues(limit.name()))
                        .map(limit -> allowances.limit(limit, now))
                        .toList();
    }

    private static boolean isOfValue(Allowance limit, LimitCatalog catalog) {
        return limit instanceof NamedLimitAllowance named && catalog.hasValues(named.limit.name());
    }

    /** Limits of a lane's jobs and of their handler; those without separate values by name only. */
    private Collection<NamedLimit> named(List<NamedLimit> ofLane, LimitCatalog catalog) {
        Map<String, NamedLimit> named = new TreeMap<>();
        handlerLimits.forEach(name -> named.put(name, new NamedLimit(name, "")));
        ofLane.forEach(limit ->
                named.put(limit.name(), catalog.hasValues(limit.name()) ? limit : new NamedLimit(limit.name(), "")));
        return named.values();
    }
}
