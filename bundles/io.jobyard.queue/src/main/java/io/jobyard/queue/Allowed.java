// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.Blocker;
import java.util.ArrayList;
import java.util.List;

/** The rules that a queue, and that limits, let through what they allow. Guarded by the lock of {@link Lanes}. */
final class Allowed {

    /** A start draws 1 of its queue's rate, whatever the job is expected to use. */
    static final Rule BY_QUEUE = new Rule() {
        @Override
        public long opensAt(Group group, Need need, long now) {
            return group.queue().opensAt(Need.ONE);
        }

        @Override
        public List<Blocker> shutBy(Group group, Need need, long now) {
            return group.queue().shutBy(Need.ONE, now);
        }
    };

    static final Rule BY_LIMITS = new Rule() {
        @Override
        public long opensAt(Group group, Need need, long now) {
            long opens = Nanos.ALWAYS;
            for (Allowance limit : group.limits()) {
                opens = Math.max(opens, limit.opensAt(need));
            }
            return opens;
        }

        @Override
        public List<Blocker> shutBy(Group group, Need need, long now) {
            List<Blocker> blockers = new ArrayList<>();
            group.limits().forEach(limit -> blockers.addAll(limit.shutBy(need, now)));
            return blockers;
        }
    };

    private Allowed() {}
}
