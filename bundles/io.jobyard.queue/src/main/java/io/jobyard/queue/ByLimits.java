// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.Blocker;
import java.util.List;

/** The rule that limits let through what they allow. Guarded by the lock of {@link Lanes}. */
final class ByLimits implements Rule {

    private final Groups groups;

    ByLimits(Groups groups) {
        this.groups = groups;
    }

    @Override
    public long opensAt(Group group, Need need, long now) {
        long opens = Nanos.ALWAYS;
        for (Allowance limit : groups.limits(group)) {
            opens = Math.max(opens, limit.opensAt(need));
        }
        return opens;
    }

    @Override
    public List<Blocker> shutBy(Group group, Need need, long now) {
        return groups.limits(group).stream()
                .flatMap(limit -> limit.shutBy(need, now).stream())
                .toList();
    }
}
