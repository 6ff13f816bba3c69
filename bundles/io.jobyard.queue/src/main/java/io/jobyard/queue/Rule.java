// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.Blocker;
import java.util.List;

/** One reason for which jobs may not start, asked at each decision and told by explain. */
interface Rule {

    /**
     * When jobs of a group may start that need so much, as far as this rule goes: now or earlier if they may at once,
     * {@link Nanos#NEVER} if that is not known. Answers in constant time.
     */
    long opensAt(Group group, Need need, long now);

    /** The same in words: nothing exactly when they may start at once. */
    List<Blocker> shutBy(Group group, Need need, long now);
}
