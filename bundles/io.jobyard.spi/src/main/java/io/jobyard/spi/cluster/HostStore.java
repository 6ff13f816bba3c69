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

    /** Publishes the offer of this host to the other hosts soon, without waiting; replaces the earlier one. */
    void offer(HostOffer offer);

    /** Returns the hosts as of the last read, at most some seconds ago. */
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
     * Returns the remaining time for which this host counts as alive without an answer of the database, negative after the end; empty if no
     * other host can open the database. After it, another host may requeue this host's runs. Measured by this machine's monotonic clock,
     * from before the query that renewed it.
     */
    Optional<Duration> leaseLeft();
}
