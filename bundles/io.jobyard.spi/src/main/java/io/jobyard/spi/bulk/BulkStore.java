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

    /**
     * Stores a new operation, and an audit entry that contains its number.
     *
     * @return completes after the commit with the number of the operation
     */
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
     * Changes some jobs and stores the progress, in one commit. Fails on a host that is not the leader. If moves cannot be stored together,
     * they are stored separately.
     *
     * @param rule effect of finished jobs on their dependent jobs
     * @return completes after the commit: for each move, whether it was made, in their order. A move is not made if the job has changed
     * meanwhile, another job holds its key, or it could not be stored. Completes exceptionally with {@link io.jobyard.api.StoreException}
     * if another host is the leader
     */
    CompletableFuture<List<Boolean>> slice(StoredBulk bulk, List<Move> moves, ReleaseRule rule);

    /** Records the end of an operation. */
    CompletableFuture<Void> end(StoredBulk bulk, AuditEntry entry);
}
