// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.cluster;

import java.util.List;
import java.util.UUID;

/**
 * Hosts of one database, as one of them knows them.
 *
 * @param living all that are not known to have ended, including this one, by start
 */
public record Hosts(UUID self, List<HostIncarnation> living) {

    public Hosts {
        living = List.copyOf(living);
    }

    /**
     * Whether a host is the leader, which starts jobs for all hosts, releases waiting jobs, and removes old ones; the only host of a
     * database is. There is at most one; a former leader learns of its end a little later, and the store accepts no start from it in
     * between.
     */
    public boolean isLeader() {
        return living.stream()
                .anyMatch(host -> host.leader() && host.incarnation().equals(self));
    }
}
