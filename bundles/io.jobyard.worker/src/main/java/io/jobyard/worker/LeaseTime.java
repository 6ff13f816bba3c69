// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.spi.cluster.HostStore;
import java.time.Duration;
import java.util.Optional;

/** Remaining lease of this host by its own clock, and the total length of the lease. */
final class LeaseTime {

    private static final Duration LONGEST_MARGIN = Duration.ofSeconds(1);
    private static final int MARGIN_PARTS = 10;

    private final HostStore hosts;
    /** Longest remaining time so far, which approximates the length of a lease. */
    private Duration longest = Duration.ZERO;

    LeaseTime(HostStore hosts) {
        this.hosts = hosts;
    }

    /** Returns the remaining time; empty if no other host can open the database. */
    synchronized Optional<Duration> left() {
        Optional<Duration> left = hosts.leaseLeft();
        left.filter(now -> now.compareTo(longest) > 0).ifPresent(now -> longest = now);
        return left;
    }

    /** Returns the given time, shortened to at most half of the lease, so that it does not begin directly after a renewal. */
    synchronized Duration atMostHalf(Duration time) {
        return shorter(time, longest.dividedBy(2));
    }

    /**
     * Returns the time before the end of the lease at which the process ends if it has exclusive runs. It leaves time for the exit and for a late
     * check.
     */
    synchronized Duration margin() {
        return shorter(LONGEST_MARGIN, longest.dividedBy(MARGIN_PARTS));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
