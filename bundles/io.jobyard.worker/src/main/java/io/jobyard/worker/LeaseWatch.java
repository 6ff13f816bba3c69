// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.handler.EndReason;
import io.jobyard.api.spi.hosting.HostStore;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the runs of this host before another may take them back: when its lease has not been renewed for so long that handlers need
 * what is left of it to come to their end. Used by one thread.
 */
final class LeaseWatch {

    private static final Logger LOG = LoggerFactory.getLogger(LeaseWatch.class);

    private final HostStore hosts;
    private final WorkerPool pool;
    private final Supplier<WorkerSettings> settings;
    /** About as long as a lease. */
    private Duration longest = Duration.ZERO;

    private boolean runsOut;

    LeaseWatch(HostStore hosts, WorkerPool pool, Supplier<WorkerSettings> settings) {
        this.hosts = hosts;
        this.pool = pool;
        this.settings = settings;
    }

    void look() {
        Optional<Duration> left = hosts.leaseLeft();
        boolean now = left.map(this::isTooShort).orElse(false);
        if (now && !runsOut) {
            LOG.warn("The lease of this host is not renewed, {} are left: its runs are told to end", left.get());
        } else if (!now && runsOut) {
            LOG.info("The lease of this host is renewed: it takes runs again");
        }
        if (now != runsOut) {
            runsOut = now;
            pool.hold(WorkerPool.Hold.LEASE, now);
        }
        if (now) {
            pool.activeRuns().forEach(run -> run.end(EndReason.LEASE_LOST));
        }
    }

    /** Never right after a renewal, however long the grace is. */
    private boolean isTooShort(Duration left) {
        if (left.compareTo(longest) > 0) {
            longest = left;
        }
        Duration half = longest.dividedBy(2);
        Duration grace = settings.get().cancelGrace();
        return left.compareTo(grace.compareTo(half) < 0 ? grace : half) < 0;
    }
}
