// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.Blocker;
import java.util.List;

/** The rule that a submitter's jobs get what its roles allow. Asked of each lane. Guarded by the lock of {@link Lanes}. */
final class ByRole {

    private ByRole() {}

    static long opensAt(Lane lane) {
        long opens = Nanos.ALWAYS;
        for (Allowance share : lane.shares()) {
            opens = Math.max(opens, share.opensAt(Need.ofShare(lane.need())));
        }
        return opens;
    }

    static List<Blocker> shutBy(Lane lane, Need need, long now) {
        return lane.shares().stream()
                .flatMap(share -> share.shutBy(Need.ofShare(need), now).stream())
                .toList();
    }
}
