// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.cluster;

import io.jobyard.spi.jobs.Slots;
import java.util.List;

/**
 * Offer of a host to the hosts that share its database.
 *
 * @param slots maximum number of simultaneous jobs of each kind, including running jobs
 * @param handlers handlers of the host that may start jobs
 * @param draining whether it only finishes its running jobs
 * @param version version of its program
 */
public record HostOffer(Slots slots, List<HostHandler> handlers, boolean draining, String version) {

    /** Offer of a host that has not published one yet. */
    public static final HostOffer NOTHING = new HostOffer(Slots.NONE, List.of(), false, "");

    public HostOffer {
        handlers = List.copyOf(handlers);
    }
}
