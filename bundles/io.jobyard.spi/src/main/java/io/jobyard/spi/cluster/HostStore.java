// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.cluster;

import io.jobyard.api.StoreException;
import io.jobyard.spi.audit.AuditEntry;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The store as the hosts of one database see each other. The service is there while the store is open. Whoever wants to hear of changes is an
 * {@link io.jobyard.spi.feed.CommitListener}.
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
     * Asks a host, this one or another, to start nothing more, or to start jobs again. That host hears of it in about a second, by
     * {@link HostIncarnation#drainAsked}, and tells by its offer that it does so.
     *
     * @param incarnation its life
     * @param drains whether it is only to finish what it runs from now on
     * @param audit who asked; stored only if this changes anything
     * @return done when it is stored: false if the host does so or was asked to already, or has ended; fails with
     *     {@link StoreException}
     */
    CompletableFuture<Boolean> askToDrain(UUID incarnation, boolean drains, AuditEntry audit);

    /**
     * How long this host is still taken to live if the database says nothing more. When it is over another host may take back what
     * this one runs. Counted by this machine's monotonic clock, from before the question that renewed it.
     *
     * @return the time left, negative when it is over; empty if nobody else can open the database
     */
    Optional<Duration> leaseLeft();
}
