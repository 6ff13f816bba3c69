// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.bulk;

import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.store.ReleaseRule;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Bulk operations, stored so that they continue after the end of a host. The service is registered while the store is open. Safe for use by
 * several threads; an interrupted caller gets a {@link io.jobyard.api.StoreException} and keeps its interrupt. A future completes after the
 * commit.
 */
@ProviderType
public interface BulkStore {

    /** Number of finished operations to keep. */
    int KEPT = 1_000;

    /** Stores a new operation, with the audit entry that is created for its number; completed after the commit, with its number. */
    CompletableFuture<StoredBulk> begin(StoredBulk bulk, Function<StoredBulk, AuditEntry> entry);

    /** Returns the stored operations, the latest first. */
    List<StoredBulk> bulks(int limit);

    /** Finds a bulk operation in its current state; empty if unknown. */
    Optional<StoredBulk> bulk(int number);

    /** Returns the first unfinished operation; empty if all are finished. */
    Optional<StoredBulk> unfinished();

    /** Requests an operation to stop, unless it has finished. */
    CompletableFuture<Void> stop(int number, String who);

    /**
     * Changes some jobs and stores the progress, in one commit; fails on a host that is not the leader. Moves that cannot be stored
     * together are stored separately.
     *
     * @param rule effect of their ends on waiting jobs
     * @return completed after the commit: for each move whether it was made, in their order; not if the job had changed meanwhile, another
     *     holds its key, or it could not be stored; exceptionally with {@link io.jobyard.api.StoreException} if another host is the leader
     */
    CompletableFuture<List<Boolean>> slice(StoredBulk bulk, List<Move> moves, ReleaseRule rule);

    /** Records the end of an operation. */
    CompletableFuture<Void> end(StoredBulk bulk, AuditEntry entry);
}
