// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import io.jobyard.spi.cluster.HostOffer;
import java.util.UUID;

/**
 * A life of a host.
 *
 * @param position no two hosts are in one at once
 * @param leaseUntil in nanoseconds of the world, as all times here
 */
record LifeRow(int number, UUID id, String position, long leaseUntil, boolean hasEnded, HostOffer offer) {

    LifeRow renewed(long until) {
        return new LifeRow(number, id, position, until, hasEnded, offer);
    }

    LifeRow ended() {
        return new LifeRow(number, id, position, leaseUntil, true, offer);
    }

    LifeRow offering(HostOffer now) {
        return new LifeRow(number, id, position, leaseUntil, hasEnded, now);
    }
}
