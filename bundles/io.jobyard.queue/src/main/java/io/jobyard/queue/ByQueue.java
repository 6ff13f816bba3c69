// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.Blocker;
import java.util.List;

/** The rule that a queue lets through what it allows. A start draws 1 of its rate, whatever the job's estimate. */
final class ByQueue implements Rule {

    @Override
    public long opensAt(Group group, Need need, long now) {
        return group.queue().allows.opensAt(Need.ONE);
    }

    @Override
    public List<Blocker> shutBy(Group group, Need need, long now) {
        return group.queue().allows.shutBy(need.ofQueue(), now);
    }
}
