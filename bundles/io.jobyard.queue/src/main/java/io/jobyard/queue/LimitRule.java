// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.Blocker;
import java.util.List;

/** The rule that limits let through what they allow. Guarded by the lock of {@link Lanes}. */
final class LimitRule implements GateRule {

    private final LaneGroups groups;

    LimitRule(LaneGroups groups) {
        this.groups = groups;
    }

    @Override
    public long opensAt(LaneGroup group, Demand demand, long now) {
        long opens = EpochNanos.ALWAYS;
        for (Allowance limit : groups.limits(group)) {
            opens = Math.max(opens, limit.opensAt(demand));
        }
        return opens;
    }

    @Override
    public List<Blocker> shutBy(LaneGroup group, Demand demand, long now) {
        return groups.limits(group).stream()
                .flatMap(limit -> limit.shutBy(demand, now).stream())
                .toList();
    }
}
