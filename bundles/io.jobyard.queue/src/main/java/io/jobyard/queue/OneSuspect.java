// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.Blocker;
import io.jobyard.api.spi.Bookkeeping;
import java.util.List;

/**
 * The rule that of the jobs that were running when their host was lost, again and again, one at a time may run: so the
 * one that ends its hosts is found, and the others are not charged for it. Guarded by the lock of {@link Lanes}.
 */
final class OneSuspect implements Rule {

    private final Out out;

    OneSuspect(Out out) {
        this.out = out;
    }

    @Override
    public long opensAt(Group group, Need need, long now) {
        return group.key.suspect() && out.hasSuspect() ? Nanos.NEVER : Nanos.ALWAYS;
    }

    @Override
    public List<Blocker> shutBy(Group group, Need need, long now) {
        return opensAt(group, need, now) <= now
                ? List.of()
                : List.of(new Blocker(
                        "quarantine",
                        "its host was lost at " + Bookkeeping.SUSPECT_LOSSES + " runs: such jobs run one at a time",
                        null));
    }
}
