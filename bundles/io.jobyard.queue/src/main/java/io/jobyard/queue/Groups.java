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
final class Groups {

    private final Map<LaneKey, Group> groups = new HashMap<>();
    private final Allowances allowances;
    private final Supplier<Catalogue> catalogue;
    private final HandlerCatalog handlers;
    private long now;

    Groups(Allowances allowances, Supplier<Catalogue> catalogue, HandlerCatalog handlers) {
        this.allowances = allowances;
        this.catalogue = catalogue;
        this.handlers = handlers;
    }

    void clear() {
        groups.clear();
    }

    Collection<Group> all() {
        return groups.values();
    }

    /** The group of a lane, which has one lane more now. */
    Group join(LaneKey lane) {
        Group group = groups.computeIfAbsent(Group.keyOf(lane), this::group);
        group.lanes++;
        return group;
    }

    /** The group has one lane less. */
    void leave(Group group) {
        if (--group.lanes == 0) {
            groups.remove(group.key);
        }
    }

    /** A group without lanes, to ask what jobs of the lane belong to. */
    Group group(LaneKey lane) {
        LaneKey key = Group.keyOf(lane);
        return new Group(key, allowances, limits(key), now);
    }

    /** What a submitter may have. */
    List<Allowance> shares(String submitter) {
        return allowances.shares(submitter, now);
    }

    /** Goes by what is configured, from now on; tells whether that is another. */
    boolean follow(long at) {
        now = at;
        Catalogue current = catalogue.get();
        if (current == allowances.catalogue()) {
            return false;
        }
        allowances.follow(current, at);
        groups.values().forEach(group -> group.resolve(allowances, limits(group.key), at));
        return true;
    }

    /** The limits of a group, by what its handler says now. */
    List<Allowance> limits(Group group) {
        Set<String> ofHandler = limits(group.key);
        if (!group.isResolvedFor(ofHandler)) {
            group.resolve(allowances, ofHandler, now);
        }
        return group.limits();
    }

    private Set<String> limits(LaneKey key) {
        return handlers.limits(key.type(), key.handlerVersion());
    }
}
