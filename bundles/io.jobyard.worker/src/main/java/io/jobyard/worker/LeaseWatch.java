// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.handler.EndReason;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the runs of this host before another host may requeue them, as soon as the rest of the lease is only as long as handlers need to
 * end. Runs of exclusive types end a little earlier. Only for one thread.
 */
final class LeaseWatch {

    private static final Logger LOG = LoggerFactory.getLogger(LeaseWatch.class);

    private final LeaseTime lease;
    private final WorkerPool pool;
    private final Supplier<WorkerSettings> settings;
    private final Predicate<Run> isExclusive;
    private boolean runsOut;

    LeaseWatch(LeaseTime lease, WorkerPool pool, Supplier<WorkerSettings> settings, Predicate<Run> isExclusive) {
        this.lease = lease;
        this.pool = pool;
        this.settings = settings;
        this.isExclusive = isExclusive;
    }

    void look() {
        Optional<Duration> left = lease.left();
        Duration grace = settings.get().cancelGrace();
        boolean now = left.map(rest -> isLess(rest, grace)).orElse(false);
        if (now && !runsOut) {
            LOG.warn("Lease not renewed: interrupting all runs: timeLeft={}", left.get());
        } else if (!now && runsOut) {
            LOG.info("Lease renewed: the host accepts runs again");
        }
        if (now != runsOut) {
            runsOut = now;
            pool.hold(PoolHold.LEASE, now);
        }
        if (now) {
            pool.giveBackWaiting("the lease of its host was not renewed");
            pool.activeRuns().forEach(run -> run.end(EndReason.LEASE_LOST));
        } else if (left.map(rest -> isLess(rest, grace.plus(lease.margin()))).orElse(false)) {
            pool.activeRuns().stream().filter(isExclusive).forEach(run -> run.end(EndReason.LEASE_LOST));
        }
    }

    private boolean isLess(Duration left, Duration needed) {
        return left.compareTo(lease.atMostHalf(needed)) < 0;
    }
}
