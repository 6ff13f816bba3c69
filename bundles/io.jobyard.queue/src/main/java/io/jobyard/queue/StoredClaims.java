// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.limits.LimitStore;
import io.jobyard.spi.queue.JobClaims;
import io.jobyard.spi.store.ClaimCandidate;
import io.jobyard.spi.store.ClaimResult;
import io.jobyard.spi.store.Futures;
import io.jobyard.spi.store.JobStore;
import io.jobyard.spi.store.StartRule;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.IntSupplier;

/** Takes jobs from the lanes and starts them in the store. */
final class StoredClaims implements JobClaims {

    private final Lanes lanes;
    private final JobStore store;
    private final LimitStore limits;
    private final LimitUseWriter limitUses;

    StoredClaims(Lanes lanes, JobStore store, LimitStore limits, LimitUseWriter limitUses) {
        this.lanes = lanes;
        this.store = store;
        this.limits = limits;
        this.limitUses = limitUses;
    }

    @Override
    public List<Assignment> claim(IntSupplier room, Duration timeout, StartRule rule) throws InterruptedException {
        takeOver();
        List<ClaimCandidate> taken = lanes.claims.take(room, timeout);
        if (taken.isEmpty()) {
            return List.of();
        }
        List<ClaimCandidate> gone = List.of();
        try {
            limitUses.store();
            ClaimResult claimed = Futures.join(store.claim(taken, rule));
            gone = claimed.gone();
            return ofThisHost(claimed.runs());
        } finally {
            lanes.claims.settle(taken, gone);
        }
    }

    /** Takes over the leadership, if one begins. This runs here and not in the notification, which uses a thread of the store. */
    private void takeOver() {
        int begins = lanes.leadership.begins();
        if (begins > 0) {
            lanes.follower.takeOver(begins, limits.uses());
        }
    }

    private List<Assignment> ofThisHost(List<Assignment> runs) {
        UUID self = store.incarnation();
        return runs.stream()
                .filter(run -> self.equals(run.stored().incarnation()))
                .toList();
    }

    @Override
    public void wake() {
        lanes.lock.wake();
    }
}
