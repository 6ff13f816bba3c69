// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.cluster;

import java.util.List;
import java.util.UUID;

/**
 * Hosts of one database, as this host knows them.
 *
 * @param living all that are not known to have ended, including this one, by start
 */
public record Hosts(UUID self, List<HostIncarnation> living) {

    public Hosts {
        living = List.copyOf(living);
    }

    /**
     * Returns whether a host is the leader, which starts jobs for all hosts, releases dependent jobs, and removes old ones. The only host
     * of a database is its leader. There is at most one leader: a former leader may learn of its end late, but the store accepts no start
     * from it.
     */
    public boolean isLeader() {
        return living.stream()
                .anyMatch(host -> host.leader() && host.incarnation().equals(self));
    }
}
