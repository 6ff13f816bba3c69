// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.cluster;

import java.util.List;
import java.util.UUID;

/**
 * The hosts of one database, as one of them knows them.
 *
 * @param living all that are not known to have ended, that one among them, the first that began first
 */
public record Hosts(UUID self, List<HostIncarnation> living) {

    public Hosts {
        living = List.copyOf(living);
    }

    /**
     * Whether that host is the leader: the one that starts jobs for all hosts, frees what waits, and removes what is old. At
     * most one is; whoever was it learns of its end a little later, and the store takes no start of it in between.
     *
     * @return true for the only host of a database
     */
    public boolean isLeader() {
        return living.stream()
                .anyMatch(host -> host.leader() && host.incarnation().equals(self));
    }
}
