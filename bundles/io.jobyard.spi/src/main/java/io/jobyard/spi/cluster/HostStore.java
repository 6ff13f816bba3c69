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

    /** Publishes the offer of this host to the other hosts soon, without waiting; replaces the earlier offer. */
    void offer(HostOffer offer);

    /** Returns the hosts as of the last read, at most a few seconds ago. */
    Hosts hosts();

    /**
     * Requests this or another host to drain, or to start jobs again. The host sees the request after about a second, in {@link
     * HostIncarnation#drainAsked}, and confirms it in its offer.
     *
     * @param incarnation the host's incarnation
     * @param drains whether to drain; false to start jobs again
     * @param audit entry for the audit; stored only if the request changes anything
     * @return completes after the commit: false if the host already has this state or request, or has ended; exceptionally with {@link
     * StoreException}
     */
    CompletableFuture<Boolean> askToDrain(UUID incarnation, boolean drains, AuditEntry audit);

    /**
     * Returns the remaining time for which this host counts as alive without an answer of the database. It is negative after the end, and
     * empty if no other host can open the database. After the end, another host may requeue this host's runs. The time is measured by this
     * machine's monotonic clock, from before the query that renewed the lease.
     */
    Optional<Duration> leaseLeft();
}
