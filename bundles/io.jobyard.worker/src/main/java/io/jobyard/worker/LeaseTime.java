// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.spi.cluster.HostStore;
import java.time.Duration;
import java.util.Optional;

/** What is left of the lease of this host, by its own clock, and how long the whole is. */
final class LeaseTime {

    private static final Duration LONGEST_MARGIN = Duration.ofSeconds(1);
    private static final int MARGIN_PARTS = 10;

    private final HostStore hosts;
    /** The most that was seen: about as long as a lease. */
    private Duration longest = Duration.ZERO;

    LeaseTime(HostStore hosts) {
        this.hosts = hosts;
    }

    /** Empty if nobody else can open the database. */
    synchronized Optional<Duration> left() {
        Optional<Duration> left = hosts.leaseLeft();
        left.filter(now -> now.compareTo(longest) > 0).ifPresent(now -> longest = now);
        return left;
    }

    /** Of a time before the end as much as is never reached right after a renewal. */
    synchronized Duration atMostHalf(Duration time) {
        return shorter(time, longest.dividedBy(2));
    }

    /** How long before its end the process ends that may not go on: for the end itself, and for a look that comes late. */
    synchronized Duration margin() {
        return shorter(LONGEST_MARGIN, longest.dividedBy(MARGIN_PARTS));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
