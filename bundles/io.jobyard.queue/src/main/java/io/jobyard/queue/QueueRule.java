// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.Blocker;
import java.util.List;

/** The rule that a queue lets through what it allows. A start draws 1 of its rate, whatever the job's estimate. */
final class QueueRule implements GateRule {

    @Override
    public long opensAt(LaneGroup group, Demand demand, long now) {
        return group.queue().allows.opensAt(Demand.ONE);
    }

    @Override
    public List<Blocker> shutBy(LaneGroup group, Demand demand, long now) {
        return group.queue().allows.shutBy(demand.ofQueue(), now);
    }
}
