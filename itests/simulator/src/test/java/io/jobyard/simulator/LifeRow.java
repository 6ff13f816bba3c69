// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import io.jobyard.spi.cluster.HostOffer;
import java.util.UUID;

/**
 * A life of a host.
 *
 * @param place no two hosts are in one at once
 * @param leaseUntil in nanoseconds of the world, as all times here
 */
record LifeRow(int number, UUID id, String place, long leaseUntil, boolean hasEnded, HostOffer offer) {

    LifeRow renewed(long until) {
        return new LifeRow(number, id, place, until, hasEnded, offer);
    }

    LifeRow ended() {
        return new LifeRow(number, id, place, leaseUntil, true, offer);
    }

    LifeRow offering(HostOffer now) {
        return new LifeRow(number, id, place, leaseUntil, hasEnded, now);
    }
}
