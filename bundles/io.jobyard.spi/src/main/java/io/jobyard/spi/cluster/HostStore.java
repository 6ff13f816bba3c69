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
 * Hosts of one database, as they see each other. The service is registered while the store is open. {@link
 * io.jobyard.spi.feed.CommitListener} reports changes.
 */
@ProviderType
public interface HostStore {

    /**
     * Publishes the offer of this host to the other hosts soon, without waiting; replaces the earlier one.
     *
     * @param offer the new offer
     */
    void offer(HostOffer offer);

    /**
     * The hosts as they were last read: at most some seconds ago.
     *
     * @return a snapshot
     */
    Hosts hosts();

    /**
     * Requests a host, this one or another, to drain or to start jobs again. That host sees the request in about a second, by {@link
     * HostIncarnation#drainAsked}, and confirms it by its offer.
     *
     * @param incarnation the host's incarnation
     * @param drains whether to start nothing more
     * @param audit entry for the audit; stored only if this changes anything
     * @return completed after the commit: false if the host already has the state or the request, or has ended; fails with {@link
     *     StoreException}
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
