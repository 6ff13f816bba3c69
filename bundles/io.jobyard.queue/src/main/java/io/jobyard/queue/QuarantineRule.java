// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.Blocker;
import io.jobyard.api.spi.Bookkeeping;
import java.util.List;

/**
 * The rule that of the jobs that were running when their host was lost, again and again, one at a time may run: so the
 * one that ends its hosts is found, and the others are not charged for it. Guarded by the lock of {@link Lanes}.
 */
final class QuarantineRule implements GateRule {

    private final JobsInFlight inFlight;

    QuarantineRule(JobsInFlight inFlight) {
        this.inFlight = inFlight;
    }

    @Override
    public long opensAt(LaneGroup group, Demand demand, long now) {
        return group.key.suspect() && inFlight.hasSuspect() ? EpochNanos.NEVER : EpochNanos.ALWAYS;
    }

    @Override
    public List<Blocker> shutBy(LaneGroup group, Demand demand, long now) {
        return opensAt(group, demand, now) <= now
                ? List.of()
                : List.of(new Blocker(
                        "quarantine",
                        "its host was lost at " + Bookkeeping.SUSPECT_LOSSES + " runs: such jobs run one at a time",
                        null));
    }
}
