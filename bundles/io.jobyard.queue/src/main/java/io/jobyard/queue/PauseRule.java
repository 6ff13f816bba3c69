// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.Blocker;
import java.util.List;

/** The rule that nothing of a paused queue starts. */
final class PauseRule implements GateRule {

    @Override
    public long opensAt(LaneGroup group, Demand demand, long now) {
        return group.queue().pausedUntil();
    }

    @Override
    public List<Blocker> shutBy(LaneGroup group, Demand demand, long now) {
        return group.queue().pausedBy(now);
    }
}
