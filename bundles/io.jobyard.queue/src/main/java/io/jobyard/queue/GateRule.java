// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.Blocker;
import java.util.List;

/** One reason for which jobs may not start, asked at each decision and told by explain. */
interface GateRule {

    /**
     * When jobs of a group may start that need so much, as far as this rule goes: now or earlier if they may at once,
     * {@link EpochNanos#NEVER} if that is not known. Answers in constant time.
     */
    long opensAt(LaneGroup group, Demand demand, long now);

    /** The same in words: nothing exactly when they may start at once. */
    List<Blocker> shutBy(LaneGroup group, Demand demand, long now);
}
