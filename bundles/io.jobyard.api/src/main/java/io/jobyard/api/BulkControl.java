// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Does something to many jobs. */
@ProviderType
public interface BulkControl {

    /**
     * What a request for many jobs would be done to. Changes nothing.
     *
     * @return how many, and the youngest of them
     */
    BulkPreview previewBulk(BulkRequest request);

    /**
     * Has something done to all jobs that a filter means: in slices beside all other work, to each as if it was asked for it alone.
     * It is stored when this returns, and goes on after the end of the host; of several hosts the leader does it.
     * Jobs that come later are not meant.
     *
     * @return its number
     */
    BulkStatus beginBulk(BulkRequest request);

    /**
     * What was asked for many jobs lately; only by the caller if its roles let it see no others' jobs.
     *
     * @param limit how many at most, 1 to 1,000
     * @return the latest first
     */
    List<BulkStatus> bulks(int limit);

    /**
     * How far something is that was asked for many jobs.
     *
     * @throws ValidationException if there is none of that number
     */
    BulkStatus bulk(int number);

    /**
     * Stops it. What was done by then stays done.
     *
     * @return how far it is
     * @throws ValidationException if there is none of that number
     * @throws StateConflictException if it is over
     */
    BulkStatus stopBulk(int number);
}
