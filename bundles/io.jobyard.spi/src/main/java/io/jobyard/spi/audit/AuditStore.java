// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.audit;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Rows of the audit. They are only appended, except that the oldest are removed after their retention. The service is registered while the
 * store is open. A future completes after the commit.
 *
 * <p>One writing thread stores the changes: it commits everything that has arrived in one transaction, and then completes each caller's
 * future. A change that fails does not affect the others.
 */
@ProviderType
public interface AuditStore {

    /** Appends to the audit. Entries of another change are appended with that change. */
    CompletableFuture<Void> append(AuditEntry entry);

    /** Returns the rows of one incarnation's audit with numbers above {@code after}, by number. */
    List<AuditRow> rows(UUID incarnation, long after, int limit);

    /** Returns the latest row of this incarnation's audit; may be empty. */
    Optional<AuditRow> last();

    /**
     * Removes the first rows of one incarnation's audit, up to a number; few enough per call that others need not wait. Never removes the
     * last row of this incarnation, because the next row needs its number and seal.
     */
    CompletableFuture<Void> cut(UUID incarnation, long upTo);

    /** Returns the current sums of the seals of histories, for each incarnation that has sealed any. */
    List<HistorySeals> historySeals();

    /**
     * Verifies the histories of all finished jobs: each must be unchanged since its job ended, and none may be missing unless it was
     * removed. Jobs may end meanwhile. Takes as long as reading them.
     *
     * @return the first problem; empty if all are unchanged
     * @throws io.jobyard.api.StoreException if another verification is in progress, or the store does not answer
     */
    Optional<String> verifyHistories();

    /** Returns the ids of the incarnations with an audit. */
    List<UUID> audited();

    /**
     * Returns the ids of the incarnations that the store knows, with or without an audit, the first first. The audit of each begins with an
     * {@link AuditBegin}, stored with the incarnation itself.
     */
    List<UUID> lives();
}
