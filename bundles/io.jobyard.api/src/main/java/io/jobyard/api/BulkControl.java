// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Bulk operations on jobs. */
@ProviderType
public interface BulkControl {

    /**
     * Previews a request without changing anything.
     *
     * @return number of matching jobs, and the youngest of them
     */
    BulkPreview previewBulk(BulkRequest request);

    /**
     * Starts an operation on all jobs that a filter matches. It runs in slices, in parallel with other work, and treats each job as if the
     * caller had requested it individually. The operation is stored when this method returns, and it continues after a restart. With
     * several hosts, the leader executes it. Jobs submitted later are not included.
     *
     * @return the operation with its number
     */
    BulkStatus beginBulk(BulkRequest request);

    /**
     * Returns recent bulk operations. For a caller without the permission {@code view:all}, returns only its own operations.
     *
     * @param limit maximum number of operations, 1 to 1,000
     * @return the operations, the latest first
     */
    List<BulkStatus> bulks(int limit);

    /**
     * Returns the progress of a bulk operation.
     *
     * @throws ValidationException if no operation has this number
     */
    BulkStatus bulk(int number);

    /**
     * Stops an operation. Changes made before the stop remain.
     *
     * @return its progress
     * @throws ValidationException if no operation has this number
     * @throws StateConflictException if it has finished
     */
    BulkStatus stopBulk(int number);
}
