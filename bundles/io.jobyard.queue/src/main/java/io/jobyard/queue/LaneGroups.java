// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.spi.HandlerCatalog;
import io.jobyard.api.spi.LaneKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The groups of all lanes, each with the queue and the limits that it has by now. Guarded by the lock of {@link Lanes}. */
final class LaneGroups {

    private final Map<LaneKey, LaneGroup> groups = new HashMap<>();
    private final Allowances allowances;
    private final Supplier<LimitCatalog> catalog;
    private final HandlerCatalog handlers;
    private final HostRooms rooms;
    private long now;

    LaneGroups(Allowances allowances, Supplier<LimitCatalog> catalog, HandlerCatalog handlers, HostRooms rooms) {
        this.rooms = rooms;
        this.allowances = allowances;
        this.catalog = catalog;
        this.handlers = handlers;
    }

    void clear() {
        groups.clear();
    }

    Collection<LaneGroup> all() {
        return groups.values();
    }

    /** The group of a lane, which has one lane more now. */
    LaneGroup join(LaneKey lane) {
        LaneGroup group = groups.computeIfAbsent(LaneGroup.keyOf(lane), this::group);
        group.lanes++;
        return group;
    }

    /** The group has one lane less. */
    void leave(LaneGroup group) {
        if (--group.lanes == 0) {
            groups.remove(group.key);
        }
    }

    /** A group without lanes, to ask what jobs of the lane belong to. */
    LaneGroup group(LaneKey lane) {
        LaneKey key = LaneGroup.keyOf(lane);
        return new LaneGroup(key, allowances, limits(key), now);
    }

    /** What a submitter may have. */
    List<Allowance> shares(String submitter) {
        return allowances.shares(submitter, now);
    }

    /** Goes by what is configured, from now on; tells whether that is another. */
    boolean follow(long at) {
        now = at;
        LimitCatalog current = catalog.get();
        if (current == allowances.catalog()) {
            return false;
        }
        allowances.follow(current, at);
        groups.values().forEach(group -> group.resolve(allowances, limits(group.key), at));
        return true;
    }

    /** The limits of a group, by what its handlers say now. */
    List<Allowance> limits(LaneGroup group) {
        Set<String> ofHandler = limits(group.key);
        if (!group.isResolvedFor(ofHandler)) {
            group.resolve(allowances, ofHandler, now);
        }
        return group.limits();
    }

    private Set<String> limits(LaneKey key) {
        return rooms.limits(key, handlers.limits(key.type(), key.handlerVersion()));
    }
}
