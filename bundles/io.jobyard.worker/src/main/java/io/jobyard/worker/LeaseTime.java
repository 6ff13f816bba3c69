// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.spi.cluster.HostStore;
import java.time.Duration;
import java.util.Optional;

/** Remaining lease of this host by its own clock, and the length of the whole lease. */
final class LeaseTime {

    private static final Duration LONGEST_MARGIN = Duration.ofSeconds(1);
    private static final int MARGIN_PARTS = 10;

    private final HostStore hosts;
    /** The longest remaining time seen: about the length of a lease. */
    private Duration longest = Duration.ZERO;

    LeaseTime(HostStore hosts) {
        this.hosts = hosts;
    }

    /** Empty if no other host can open the database. */
    synchronized Optional<Duration> left() {
        Optional<Duration> left = hosts.leaseLeft();
        left.filter(now -> now.compareTo(longest) > 0).ifPresent(now -> longest = now);
        return left;
    }

    /** Shortens a time before the end, so that it is never reached directly after a renewal. */
    synchronized Duration atMostHalf(Duration time) {
        return shorter(time, longest.dividedBy(2));
    }

    /**
     * Time before the end of the lease at which the process ends if it has exclusive runs. It leaves time for the exit and for a late
     * check.
     */
    synchronized Duration margin() {
        return shorter(LONGEST_MARGIN, longest.dividedBy(MARGIN_PARTS));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
