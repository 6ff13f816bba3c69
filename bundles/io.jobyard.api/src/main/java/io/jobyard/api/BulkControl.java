// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Bulk operations on jobs. */
@ProviderType
public interface BulkControl {

    /** {@return the number of jobs that a request matches, and the youngest of them} Changes nothing. */
    BulkPreview previewBulk(BulkRequest request);

    /**
     * Starts an operation on all jobs that a filter matches. It runs in slices, in parallel with other work, and treats each job as if the
     * caller had requested it individually. It is stored when this method returns, and continues after a restart; with several hosts, the
     * leader executes it. Later jobs are not included.
     *
     * @return the operation with its number
     */
    BulkStatus beginBulk(BulkRequest request);

    /**
     * Recent bulk operations; only the caller's own if its roles do not allow it to see other users' jobs.
     *
     * @param limit largest number, 1 to 1,000
     * @return the latest first
     */
    List<BulkStatus> bulks(int limit);

    /**
     * Returns the progress of a bulk operation.
     *
     * @throws ValidationException if no operation has this number
     */
    BulkStatus bulk(int number);

    /**
     * Stops an operation. Changes made by then remain.
     *
     * @return its progress
     * @throws ValidationException if no operation has this number
     * @throws StateConflictException if it has finished
     */
    BulkStatus stopBulk(int number);
}
