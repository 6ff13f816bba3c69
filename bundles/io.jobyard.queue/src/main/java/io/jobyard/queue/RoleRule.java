// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.Blocker;
import java.util.List;

/** The rule that a submitter's jobs get what its roles allow. Asked of each lane. Guarded by the lock of {@link Lanes}. */
final class RoleRule {

    private RoleRule() {}

    static long opensAt(Lane lane) {
        long opens = EpochNanos.ALWAYS;
        for (Allowance share : lane.shares()) {
            opens = Math.max(opens, share.opensAt(Demand.ofShare(lane.demand())));
        }
        return opens;
    }

    static List<Blocker> shutBy(Lane lane, Demand demand, long now) {
        return lane.shares().stream()
                .flatMap(share -> share.shutBy(Demand.ofShare(demand), now).stream())
                .toList();
    }
}
