// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.cluster;

import java.util.List;

/**
 * Offer of a host to those that share its database.
 *
 * @param room largest number of simultaneous jobs, including running ones
 * @param handlers its handlers, without those that may start nothing
 * @param draining whether it finishes its runs and gets no more
 * @param version the version of its program
 */
public record HostOffer(int room, List<HostHandler> handlers, boolean draining, String version) {

    /** Offer of a host that has not published one yet. */
    public static final HostOffer NOTHING = new HostOffer(0, List.of(), false, "");

    public HostOffer {
        handlers = List.copyOf(handlers);
    }
}
