// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.Blocker;
import java.util.List;

/** The rule that nothing of a paused queue starts. */
final class Paused implements Rule {

    @Override
    public long opensAt(Group group, Need need, long now) {
        return group.queue().pausedUntil();
    }

    @Override
    public List<Blocker> shutBy(Group group, Need need, long now) {
        return group.queue().pausedBy(now);
    }
}
