// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.spi.hosting;

import java.time.Duration;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The store as the hosts of one database see each other. The service is there while the store is open. Safe for use by several
 * threads. Whoever wants to hear of changes is an {@link io.jobyard.api.spi.CommitListener}.
 */
@ProviderType
public interface HostStore {

    /**
     * Tells the other hosts what this one offers, in place of what it told before; soon, and without waiting for it.
     *
     * @param offer what it offers from now on
     */
    void offer(HostOffer offer);

    /**
     * The hosts as they were last read: at most some seconds ago.
     *
     * @return a snapshot
     */
    Hosts hosts();

    /**
     * How long this host is still taken to live if the database says nothing more. When it is over another host may take back what
     * this one runs. Counted by this machine's monotonic clock, from before the question that renewed it.
     *
     * @return the time left, negative when it is over; empty if nobody else can open the database
     */
    Optional<Duration> leaseLeft();
}
