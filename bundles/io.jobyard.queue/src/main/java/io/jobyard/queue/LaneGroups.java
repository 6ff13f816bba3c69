// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.PauseTarget;
import io.jobyard.spi.handlers.HandlerCatalog;
import io.jobyard.spi.handlers.TypeRules;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.limits.NamedLimit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Groups of all lanes, each with its current queue and limits. Guarded by the lock of {@link Lanes}. */
final class LaneGroups {

    /** Number of values that have their own group, if lanes differ only in values. All other values share one pool. */
    static final int MOST_WITHOUT_POOL = 32;

    private final Map<LaneKey, LaneGroup> groups = new HashMap<>();
    private final Map<LaneKey, LaneGroup> pools = new HashMap<>();
    /** Number of groups whose lanes differ only in values. */
    private final Map<LaneKey, Integer> withoutPool = new HashMap<>();

    private final Allowances allowances;
    private final Canaries canaries;
    private final Supplier<LimitCatalog> catalog;
    private final HandlerCatalog handlers;
    private final HostCapacity rooms;
    private final BegunVersions begun;
    private final ParkedLanes parked;
    private Map<String, TypeRules> types = Map.of();
    private long now;

    LaneGroups(
            Allowances allowances,
            Canaries canaries,
            Supplier<LimitCatalog> catalog,
            HandlerCatalog handlers,
            HostCapacity rooms,
            BegunVersions begun,
            ParkedLanes parked) {
        this.parked = parked;
        this.rooms = rooms;
        this.begun = begun;
        this.allowances = allowances;
        this.canaries = canaries;
        this.catalog = catalog;
        this.handlers = handlers;
    }

    void clear() {
        all().forEach(group -> List.copyOf(group.lanes).forEach(group::leave));
        groups.clear();
        pools.clear();
        withoutPool.clear();
    }

    Stream<LaneGroup> all() {
        return Stream.concat(groups.values().stream(), pools.values().stream());
    }

    /** Counts the stored jobs that use each limit and value. */
    Map<Allowance, Long> queuedByLimit() {
        Map<Allowance, Long> queued = new HashMap<>();
        all().forEach(group -> {
            group.limits().forEach(limit -> queued.merge(limit, group.queued(), Long::sum));
            if (group.isPool) {
                group.lanes.forEach(
                        lane -> lane.values().forEach(value -> queued.merge(value, lane.queued(), Long::sum)));
            }
        });
        return queued;
    }

    /** Returns the group for a lane that is about to join it. */
    LaneGroup find(LaneKey lane) {
        LaneKey own = LaneGroup.keyOf(lane);
        LaneGroup group = groups.get(own);
        if (group != null) {
            return group;
        }
        LaneKey pool = LaneGroup.poolOf(lane);
        if (!pool.equals(own) && withoutPool.merge(pool, 1, Integer::sum) > MOST_WITHOUT_POOL) {
            withoutPool.merge(pool, -1, Integer::sum);
            return pools.computeIfAbsent(pool, key -> group(key, true));
        }
        LaneGroup fresh = group(own, false);
        groups.put(own, fresh);
        return fresh;
    }

    /** Adds a new lane to its group. */
    void join(Lane lane) {
        lane.group.join(lane, allowances, now);
    }

    /** Removes a lane from its group. */
    void leave(Lane lane) {
        LaneGroup group = lane.group;
        if (!group.leave(lane)) {
            return;
        }
        if (group.isPool) {
            pools.remove(group.key);
        } else {
            groups.remove(group.key);
            LaneKey pool = group.pool();
            if (!pool.equals(group.key)) {
                withoutPool.computeIfPresent(pool, (any, count) -> count == 1 ? null : count - 1);
            }
        }
    }

    /** Returns a group without lanes, to query the gates of the lane's jobs. */
    LaneGroup group(LaneKey lane) {
        return group(LaneGroup.keyOf(lane), false);
    }

    private LaneGroup group(LaneKey key, boolean isPool) {
        return new LaneGroup(key, isPool, allowances, limits(key), now);
    }

    List<Allowance> shares(String submitter) {
        return allowances.shares(submitter, now);
    }

    /** Returns the number of turns that a submitter gets for each turn of others. */
    int weight(String submitter) {
        return allowances.catalog().quotas().weight(submitter);
    }

    /** Applies the current configuration. Returns whether it has changed. */
    boolean follow(long at) {
        now = at;
        pools.values().forEach(this::follow); // not during a decision, unlike the others, because it sorts their lanes
        LimitCatalog current = catalog.get();
        Map<String, TypeRules> currentTypes = handlers.typeRules();
        boolean sameTypes = currentTypes == types || currentTypes.equals(types);
        if (current == allowances.catalog() && sameTypes) {
            return false;
        }
        types = currentTypes;
        allowances.follow(types, at);
        canaries.follow(types, at);
        allowances.follow(current, at);
        all().forEach(group -> resolve(group, limits(group.key)));
        return true;
    }

    /** Returns the limits of a group, by the current handlers. */
    List<Allowance> limits(LaneGroup group) {
        if (!group.isPool) {
            follow(group);
        }
        return group.limits();
    }

    /** Returns the users whose pauses block all lanes of a group, by the current handlers. */
    List<PauseTarget> pauseTargets(LaneGroup group) {
        if (!group.isPool) {
            follow(group);
        }
        return group.pauseTargets();
    }

    private void follow(LaneGroup group) {
        Set<String> ofHandler = limits(group.key);
        if (!group.isResolvedFor(ofHandler)) {
            resolve(group, ofHandler);
        }
    }

    private void resolve(LaneGroup group, Set<String> ofHandler) {
        group.lanes.forEach(parked::release);
        group.resolve(allowances, ofHandler, now);
    }

    private Set<String> limits(LaneKey lane) {
        LaneKey key = begun.resolve(lane);
        return rooms.limits(key, handlers.limits(key.type(), key.handlerVersion()));
    }

    /** Returns the reason why a limit can never satisfy the demand of such jobs; null if each can. */
    @Nullable
    String oversized(LaneKey lane, Collection<NamedLimit> asked, Demand demand) {
        return Stream.concat(asked.stream().map(NamedLimit::name), limits(lane).stream())
                .distinct()
                .map(name -> allowances.limit(new NamedLimit(name, ""), now).oversized(demand))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Returns the names of the limits that such jobs draw on, including those of their handlers. */
    Collection<String> named(LaneKey lane) {
        return Stream.concat(lane.limits().stream(), limits(lane).stream())
                .distinct()
                .toList();
    }
}
