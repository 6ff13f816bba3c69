// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.audit;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Rows of the audit. Rows are only appended; the oldest are removed after their retention. The service is registered while the store is
 * open. A future completes after the commit.
 *
 * <p>One writing thread stores the changes: it commits everything that has arrived in one transaction, and then completes each caller's
 * future. A change that fails does not affect the others.
 */
@ProviderType
public interface AuditStore {

    /** Appends an entry. Entries that belong to another change are stored with that change. */
    CompletableFuture<Void> append(AuditEntry entry);

    /** Returns the rows of one incarnation's audit with numbers above {@code after}, sorted by number. */
    List<AuditRow> rows(UUID incarnation, long after, int limit);

    /** Returns the latest row of this incarnation's audit; empty if the audit has no row. */
    Optional<AuditRow> last();

    /**
     * Removes the first rows of one incarnation's audit, up to a number. A call removes so few rows that others need not wait. It never
     * removes the last row of this incarnation, because the next row needs its number and seal.
     */
    CompletableFuture<Void> cut(UUID incarnation, long upTo);

    /** Returns the current sums of history seals, for each incarnation that has sealed a history. */
    List<HistorySeals> historySeals();

    /**
     * Verifies the histories of all finished jobs: each must be unchanged since its job ended, and none may be missing unless it was
     * removed. Jobs may finish during the verification. It takes as long as reading all histories.
     *
     * @return the first problem; empty if all are unchanged
     * @throws io.jobyard.api.StoreException if another verification is in progress, or the store does not answer
     */
    Optional<String> verifyHistories();

    /** Returns the IDs of the incarnations with an audit. */
    List<UUID> audited();

    /**
     * Returns the IDs of all known incarnations, with or without an audit, oldest first. The audit of each begins with an {@link
     * AuditBegin}, which is stored with the incarnation itself.
     */
    List<UUID> lives();
}
