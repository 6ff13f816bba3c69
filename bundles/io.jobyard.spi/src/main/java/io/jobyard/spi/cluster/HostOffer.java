// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.cluster;

import java.util.List;

/**
 * What a host offers to those that share its database.
 *
 * @param room how many jobs it takes at once, those that it runs among them
 * @param handlers what its handlers do, those that start nothing aside
 * @param draining whether it finishes what it runs and is given nothing more
 * @param version the version of its program
 */
public record HostOffer(int room, List<HostHandler> handlers, boolean draining, String version) {

    /** Of a host that has told nothing yet. */
    public static final HostOffer NOTHING = new HostOffer(0, List.of(), false, "");

    public HostOffer {
        handlers = List.copyOf(handlers);
    }
}
